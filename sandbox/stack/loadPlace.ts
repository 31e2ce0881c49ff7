import { UserError } from "../../host/userError";
import type { LoadFlags } from "../../load/options";
import { outputsOf } from "./app";
import { putGeneratorImage } from "./generatorImage";
import type { Place } from "./place";

/** Why there is no load in tier `cluster`. */
export const NO_LOAD =
  "No load: the nodes are simulated, so that no pod really runs, and nothing would answer. It needs tier node (Linux, root).";

export interface PlaceLoad extends LoadFlags {
  /** Name of the sandbox's cluster. */
  name: string;
  /** Context of a cluster of the user's own, which takes the sandbox's place. */
  context?: string;
  stack: string;
  signal: AbortSignal;
  say: (line: string) => void;
}

/**
 * Puts load on the app of a stack, and says the verdict.
 *
 * @throws UserError where no pods run.
 */
export async function loadPlace(place: Place, load: PlaceLoad): Promise<void> {
  if (!place.podsRun) throw new UserError(NO_LOAD);
  const { engine, target } = place;
  const { namespace, serviceName, autoscalerName } = await outputsOf(engine, load.stack);
  // Only the sandbox's own node has images that were built here.
  const image =
    load.context !== undefined
      ? load.image
      : (load.image ?? (await putGeneratorImage(load.name, load.generator, load.say)));
  // The client library takes half a second to load, which only this command shall cost.
  const { loadAndReport } = await import("../../load/loadAndReport.js");
  await loadAndReport({
    ...load,
    namespace,
    service: serviceName,
    autoscaler: autoscalerName,
    ...(image !== undefined && { image }),
    kubeconfig: target.kubeconfigPath,
    // Nobody serves the sandbox's Ingress.
    through: "service",
    insecure: false,
  });
}
