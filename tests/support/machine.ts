import { isRoot } from "../../host/tools";

/** Why a test that starts containers cannot run on this machine; undefined where it can. */
export function cannotRunContainers(): string | undefined {
  if (process.platform !== "linux") return "needs Linux";
  if (!isRoot()) return "needs root";
  return undefined;
}
