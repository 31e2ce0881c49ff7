import { UserError } from "./userError";

/** Exit code after Ctrl-C, by custom 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/**
 * A signal that Ctrl-C (SIGINT) or SIGTERM aborts, so that what is under way can be taken down
 * before the process ends; its exit code is 130 then. A second Ctrl-C hurries nothing: that would
 * leave things behind.
 */
export function interruptSignal(): AbortSignal {
  const interrupt = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    // Not `once`: such a listener is gone before it is called, and the library that runs programs
    // (it listens while one runs) then takes the signal for unheard, and ends the process.
    process.on(name, () => {
      const what = interrupt.signal.aborted ? "still" : "giving up, and";
      console.error(`\n${name}: ${what} removing what has been made.`);
      process.exitCode = INTERRUPTED;
      interrupt.abort(new UserError("Interrupted."));
    });
  }
  return interrupt.signal;
}
