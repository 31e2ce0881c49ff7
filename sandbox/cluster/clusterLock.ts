import { join } from "node:path";

import { exclusively } from "../../host/exclusive";
import { stateFolder } from "../../host/stateFolder";
import { UserError } from "../../host/userError";

/**
 * Does work on a cluster while no other run starts or stops it.
 *
 * @throws UserError where another does.
 */
export async function alone<T>(
  name: string,
  work: () => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const onBusy = (): never => {
    throw new UserError(`Another run is starting or stopping cluster "${name}". Let it end first.`);
  };
  const folder = join(stateFolder(), "locks", name);
  return exclusively(folder, { onBusy, ...(signal && { signal }) }, work);
}
