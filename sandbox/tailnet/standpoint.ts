import { UserError } from "../../host/userError";
import { childOf } from "../cluster/processes";
import type { ProcessRecord } from "../cluster/state";

/** Another place on a network than that of this process. Its processes and files are the host's own. */
export interface Standpoint {
  /**
   * What enters it, before a folder to work in and a command line. It becomes that command, with the
   * pid and the signals that it was started with.
   */
  enter: readonly string[];
  /** Folders of programs that are there alone; last on PATH. */
  path: readonly string[];
}

/** Mounts are the machine's and processes the host's, so that pids and signals are what they are outside. */
const ENTERED = 'mount -t proc proc /proc && cd "$1" && shift && exec "$@"';

/**
 * Where a program is that runs on the laptop: in its network, with its resolver and Tailscale.
 *
 * @throws UserError where the machine has ended.
 */
export function laptopStandpoint(holder: ProcessRecord): Standpoint {
  const target = childOf(holder.pid);
  if (target === undefined) throw new UserError(`The first process of ${holder.name} is gone.`);
  return {
    enter: [
      ...["nsenter", "--target", String(target), "--net", "--mount", "--"],
      // The machine's own programs keep the /proc that they have.
      ...["unshare", "--mount", "--propagation", "private", "--", "sh", "-c", ENTERED, "sh"],
    ],
    // Where Tailscale is installed.
    path: ["/usr/local/bin"],
  };
}
