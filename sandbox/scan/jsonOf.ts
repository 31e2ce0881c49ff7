import type { RunResult } from "../../host/run";

/** What a scanner has printed. @throws Error with all that it said where that is no JSON. */
export function jsonOf(scanner: string, { stdout, all, reason }: RunResult): unknown {
  try {
    return JSON.parse(stdout) as unknown;
  } catch {
    throw new Error(`${scanner} gave no report: ${all === "" ? reason : all}`);
  }
}
