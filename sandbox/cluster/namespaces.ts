import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { UserError } from "../../host/userError";
import { run, tryRun } from "../../host/run";
import { explainEnd } from "./logs";
import { childOf, spawn } from "./processes";
import type { ProcessRecord } from "./state";

/** Folder in which `ip netns` names namespaces. */
const NAMES = "/run/netns";

/** By this the mount of that folder is known as ours, whichever cluster or tailnet made it. */
const OURS = "k8s-test";

/**
 * What is mounted on the folder of names: `ip` has it mounted before it names the first namespace of a
 * machine.
 *
 * @returns what `/proc/self/mounts` says is mounted, or undefined where nothing is.
 */
export function mountOfNames(): string | undefined {
  const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
  return mounts.findLast((line) => line.split(" ")[1] === NAMES)?.split(" ")[0];
}

/**
 * Makes a network namespace of that name, and before a machine's first one the folder of names: as a mount
 * of our own, which can be told from one that another program has had made.
 */
export async function addNamespace(namespace: string): Promise<void> {
  // A folder that is there without a mount is another's: `ip` mounts it, and it stays.
  const line = 'mkdir "$1" 2>/dev/null && mount -t tmpfs -o mode=755 "$2" "$1"; ip netns add "$3"';
  await run("flock", oneAtATime(line, NAMES, OURS, namespace));
}

/** Removes the folder of names once none is left in it, where it is ours. */
async function removeNames(): Promise<void> {
  if (mountOfNames() !== OURS) return;
  const line = '[ -z "$(ls -A "$1")" ] && umount "$1" && rmdir "$1"';
  // It fails where there is a name, which is the usual thing.
  await tryRun("flock", oneAtATime(line, NAMES));
}

/** Arguments of `flock` by which clusters and tailnets that start or stop meanwhile wait for each other. */
function oneAtATime(line: string, ...args: readonly string[]): string[] {
  return [dirname(NAMES), "sh", "-c", line, "sh", ...args];
}

/** Whether there is a network namespace of that name. */
export async function hasNamespace(namespace: string): Promise<boolean> {
  const namespaces = await run("ip", ["netns", "list"]);
  return namespaces.split("\n").some((line) => line.split(" ")[0] === namespace);
}

/**
 * Ends what still runs in a namespace of ours, and removes it where it is there; with the last name, the
 * folder of names goes where it is ours.
 */
export async function deleteNamespace(namespace: string): Promise<void> {
  await endAllIn(namespace);
  if (await hasNamespace(namespace)) {
    // Its end of a link takes the other with it.
    await tryRun("ip", ["-netns", namespace, "link", "delete", "eth0"]);
    await run("ip", ["netns", "delete", namespace]);
  }
  await removeNames();
}

/** What a first process is started with. */
export interface Holding {
  /** Name of the process and of its log. */
  name: string;
  /** Network namespace that it is in. */
  namespace: string;
  /** Lines of a shell that are run one after the other, until one fails: mounts, mostly. */
  setup: readonly string[];
  /** What `$1`, `$2` and so on are in these lines. */
  args: readonly string[];
  /** Folder of its log. */
  logs: string;
}

/**
 * Starts a process that holds a pid and a mount namespace, in which all others are to live. When it
 * ends, the kernel ends all of them, and with them go their mounts.
 *
 * @throws UserError where a line of the setup fails.
 */
export async function holdNamespaces(holding: Holding): Promise<ProcessRecord> {
  const { name, namespace, setup, args, logs } = holding;
  // The first process of a pid namespace collects the ended ones that nobody waits for.
  const script = [...setup, "while :; do sleep 86400 & wait; done"].join(" && ");
  const command = [
    "nsenter",
    `--net=${NAMES}/${namespace}`,
    "unshare",
    ...["--fork", "--kill-child", "--pid", "--mount", "--mount-proc", "--propagation", "private"],
    ...["sh", "-c", script, "holder", ...args],
  ];
  const { record, ended } = await spawn(name, command, { logs });
  const first = await Promise.race([firstChild(record.pid), ended]);
  if (typeof first === "string") {
    throw new UserError(`The namespaces of ${name} could not be made (${first}): ${record.log}`);
  }
  return record;
}

/** Waits until a process has its first child. */
async function firstChild(pid: number): Promise<number> {
  for (;;) {
    const child = childOf(pid);
    if (child !== undefined) return child;
    await sleep(5);
  }
}

/**
 * What enters the namespaces that a process holds, before a command line.
 *
 * @throws UserError where it has ended.
 */
export function enterNamespaces(holder: ProcessRecord): string[] {
  const target = childOf(holder.pid);
  if (target === undefined) {
    throw new UserError(explainEnd(holder.name, "its first process is gone", holder.log));
  }
  return ["nsenter", "--target", String(target), "--pid", "--mount", "--net", "--"];
}

/** Whatever is in the namespace was put there by its cluster: nobody else knows its name. */
async function endAllIn(namespace: string): Promise<void> {
  for (let round = 0; round < 100; round++) {
    const { ok, stdout } = await tryRun("ip", ["netns", "pids", namespace]);
    const pids = ok ? stdout.split("\n").filter((line) => line !== "") : [];
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(Number(pid), "SIGKILL");
      } catch {
        // It ended meanwhile.
      }
    }
    await sleep(50);
  }
  throw new Error(`processes in the network namespace ${namespace} do not end`);
}
