import { join } from "node:path";

import { tryRun, type RunResult } from "../../host/run";
import { Foreground } from "./foreground";

/** Root of the repo. */
export const ROOT = join(__dirname, "..", "..");

/** The sandbox's command line, without npm, which takes its time. */
const SANDBOX = [process.execPath, "--import=tsx", "sandbox/main.ts"] as const;

/** Longer than a cluster takes to come up with the stack on it, in milliseconds. */
const TIMEOUT = 170_000;

/** Runs a command of the sandbox as a user types it, to its end. */
export function sandbox(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunResult> {
  const [program, ...main] = SANDBOX;
  return tryRun(program, [...main, ...args], { cwd: ROOT, env, timeout: TIMEOUT });
}

/** Starts a command of the sandbox as in a terminal, to be watched, interrupted or killed. */
export function startSandbox(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Foreground {
  return new Foreground([...SANDBOX, ...args], { cwd: ROOT, env });
}
