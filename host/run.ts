import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import type { Options, Result } from "execa" with { "resolution-mode": "import" };

import { UserError } from "./userError";

/** How a program is run. */
export interface RunOptions {
  /** File to which the command and all that it prints are appended. @default none */
  log?: string;
  /** Variables on top of the environment of this process. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Whether the environment of this process is there too. @default true */
  extendEnv?: boolean;
  /** Folder in which it runs. @default that of this process */
  cwd?: string;
  /** What it reads from its standard input. @default nothing */
  input?: string;
  /** Milliseconds after which it is killed; 0 is never. @default 15 minutes */
  timeout?: number;
  /** Ends it when aborted; the abort's reason is then thrown. */
  signal?: AbortSignal;
}

/** Lines of output that go into the message of a failure; the log has the rest. */
const TAIL_LINES = 12;

/**
 * Runs a program to its end and gives what it wrote to standard output.
 *
 * @throws UserError with the last lines of the output and the name of the log, where it fails.
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}) {
  const result = await tryRun(program, args, options);
  if (result.ok) return result.stdout;
  const tail = result.all.trim().split("\n").slice(-TAIL_LINES);
  const where = options.log === undefined ? "" : `\nAll of its output is in ${options.log}`;
  throw new UserError(`${result.reason}\n${tail.map((line) => `  ${line}`).join("\n")}${where}`);
}

/** How a program ended. */
export interface RunResult {
  ok: boolean;
  /** In one line, such as "Command failed with exit code 1: false". Empty where it went well. */
  reason: string;
  exitCode: number | undefined;
  /** Code of the system call that failed where it could not be started, such as ENOENT. */
  code: string | undefined;
  stdout: string;
  stderr: string;
  /** Standard output and error, in the order in which they came. */
  all: string;
}

/** Runs a program to its end, whichever that is. */
export async function tryRun(
  program: string,
  args: readonly string[],
  { log, env, extendEnv = true, cwd, input, timeout = 15 * 60_000, signal }: RunOptions = {},
): Promise<RunResult> {
  // execa is an ES module whose own dependencies cannot be required, so it is imported when needed.
  const { execa } = await import("execa");
  const options = {
    all: true,
    reject: false,
    stdin: input === undefined ? "ignore" : "pipe",
    timeout,
    extendEnv,
    ...(env === undefined ? {} : { env }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(input === undefined ? {} : { input }),
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  } satisfies Options;
  const result: Result<{ all: true; reject: false }> = await execa(program, args, options);
  signal?.throwIfAborted();
  const all = result.all;
  if (log !== undefined) {
    await mkdir(dirname(log), { recursive: true });
    await appendFile(log, `$ ${result.command}\n${all}\n`);
  }
  return resultOf(result);
}

function resultOf(result: Result<{ all: true; reject: false }>): RunResult {
  return {
    ok: !result.failed,
    reason: result.shortMessage ?? "",
    exitCode: result.exitCode,
    code: result.code,
    stdout: result.stdout,
    stderr: result.stderr,
    all: result.all,
  };
}

/** A program that is running. */
export interface Running {
  /** Resolves once it has ended. */
  ended: Promise<RunResult>;
  /** Everything that it has printed so far. */
  output(): string;
  /** Asks it to end. */
  kill(): void;
}

/** Starts a program and leaves it running; it ends with this process at the latest. */
export async function start(program: string, args: readonly string[]): Promise<Running> {
  const { execa } = await import("execa");
  const subprocess = execa(program, args, { all: true, reject: false, stdin: "ignore" });
  let output = "";
  subprocess.all.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = subprocess.then((result: Result<{ all: true; reject: false }>) => resultOf(result));
  return { ended, output: () => output, kill: () => subprocess.kill() };
}
