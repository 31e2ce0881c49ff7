import { ControlError } from "../../../tailnet/control";

/**
 * Says a refusal of the control server as the official provider does.
 *
 * @param what What it says before the reason, such as `Failed to set ACL`.
 * @param about What it is about, where the reason does not say it.
 */
export async function orRefusal<T>(what: string, asked: Promise<T>, about?: string): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    const whom = about === undefined ? "" : `: ${about}`;
    const said = `${what}: ${error.reason} (${String(error.status)})${whom}`;
    throw new Error(said, { cause: error });
  }
}

/** Whether the control server refused with an HTTP status. */
export function isRefusal(error: unknown, status: number): boolean {
  const { cause } = error as Error;
  return cause instanceof ControlError && cause.status === status;
}

/** Takes away what may be gone already. */
export async function unlessGone(what: string, asked: Promise<void>): Promise<void> {
  try {
    await orRefusal(what, asked);
  } catch (error) {
    if (!isRefusal(error, 404)) throw error;
  }
}

/** A time to the second, as the official provider shows it. */
export function toSeconds(time: string): string {
  return time.replace(/\.\d+/, "");
}
