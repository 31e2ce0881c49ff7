import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

import { tryRun } from "../../host/run";

/** A process that was started here: its number alone may by now be another's. */
export interface ProcessIdentity {
  pid: number;
  /** When it started, in the system's own terms; two processes of one number differ in it. */
  started: string;
}

/**
 * When the process of a number started, or undefined where there is none, or only its exit code is
 * left to be collected.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === "linux") return startFromProc(pid);
  const { ok, stdout } = await tryRun("ps", ["-o", "lstart=", "-p", String(pid)]);
  return ok && stdout.trim() !== "" ? stdout.trim() : undefined;
}

function startFromProc(pid: number): string | undefined {
  try {
    const start = parseStat(readFileSync(`/proc/${String(pid)}/stat`, "utf8"));
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return start === undefined ? undefined : `${boot}/${start}`;
  } catch {
    return undefined;
  }
}

/** The start time (clock ticks since boot) in a line of /proc/PID/stat; undefined for a zombie. */
export function parseStat(stat: string): string | undefined {
  // The name in brackets may hold anything: count from its end.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
}

/** Name of the program that a process runs, or undefined where no such process runs. */
export async function programOf(pid: number): Promise<string | undefined> {
  if ((await startOf(pid)) === undefined) return undefined;
  if (process.platform === "linux") {
    const name = await readFile(`/proc/${String(pid)}/comm`, "utf8").catch(() => undefined);
    return name?.trim();
  }
  const { ok, stdout } = await tryRun("ps", ["-o", "comm=", "-p", String(pid)]);
  return ok ? basename(stdout.trim()) : undefined;
}

/** Whether the very process still runs. */
export async function isAlive({ pid, started }: ProcessIdentity): Promise<boolean> {
  return (await startOf(pid)) === started;
}
