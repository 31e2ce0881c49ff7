import { spawn as spawnChild } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { UserError } from "../../host/userError";
import type { Component } from "./component";
import { isAlive, startOf, type ProcessIdentity } from "./processIdentity";
import type { ProcessRecord } from "./state";

export interface Started {
  record: ProcessRecord;
  /** Resolves when the process has ended, with how it did. */
  ended: Promise<string>;
}

export interface Launch {
  /** Path of the program. */
  command: string;
  /** Program and arguments that enter the node's namespaces, before those of the component. */
  prefix?: readonly string[];
  /** Folder of its log. */
  logs: string;
}

/** Starts a process that outlives this one, with both its streams in its own log. */
export async function startProcess(
  component: Omit<Component, "tool" | "ready">,
  launch: Launch,
): Promise<Started> {
  for (const { path, text } of component.files ?? []) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(path, text, { mode: 0o600 });
  }
  const variables = Object.entries(component.environment ?? {});
  // A part of the command line, so that whoever starts it again from its record needs no more.
  const environment =
    variables.length === 0 ? [] : ["env", ...variables.map((pair) => pair.join("="))];
  return spawn(
    component.name,
    [...(launch.prefix ?? []), ...environment, launch.command, ...component.args],
    launch,
  );
}

/** Starts a command line under a name. */
export async function spawn(
  name: string,
  command: readonly string[],
  { logs }: Pick<Launch, "logs">,
): Promise<Started> {
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  const log = join(logs, `${name}.log`);
  const file = openSync(log, "a", 0o600);
  // A session of its own: Ctrl-C in the terminal is not for it.
  const options = { detached: true };
  const [program = "", ...args] = command;
  const child = spawnChild(program, args, { ...options, stdio: ["ignore", file, file] });
  closeSync(file);
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => {
      resolve(error.message);
    });
    child.once("exit", (code, signal) => {
      resolve(signal ?? `exit code ${String(code)}`);
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new UserError(`${name} could not be started: ${await ended}`);
  child.unref();
  return { record: { name, log, command, pid, started: (await startOf(pid)) ?? "" }, ended };
}

/** Time that a process has to end by itself. */
const GRACE_MS = 5000;
const POLL_MS = 20;

/**
 * Ends a process and those of its group, if it is still the very one that was started.
 *
 * @throws Error where it does not end even when it is killed.
 */
export async function stopProcess(
  record: ProcessIdentity & { name: string },
  signals: readonly NodeJS.Signals[] = ["SIGTERM", "SIGKILL"],
): Promise<void> {
  for (const signal of signals) {
    if (!(await isAlive(record))) return;
    signalGroup(record.pid, signal);
    const deadline = Date.now() + GRACE_MS;
    while (Date.now() < deadline) {
      if (!(await isAlive(record))) return;
      await sleep(POLL_MS);
    }
  }
  throw new Error(`${record.name} (process ${String(record.pid)}) does not end`);
}

/** Sends a signal to a process and those of its group. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended meanwhile.
  }
}

/** The first child of a process, or undefined. Linux only. */
export function childOf(pid: number): number | undefined {
  try {
    const task = `/proc/${String(pid)}/task/${String(pid)}/children`;
    const [child] = readFileSync(task, "utf8").trim().split(" ");
    return child === undefined || child === "" ? undefined : Number(child);
  } catch {
    return undefined;
  }
}
