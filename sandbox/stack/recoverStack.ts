import { readdir, readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, join } from "node:path";

import { programOf } from "../cluster/processIdentity";
import type { Engine } from "./engine";

/** What the engine's file backend writes down while an update runs. */
interface Lock {
  pid: number;
  hostname: string;
}

interface StackExport {
  deployment: { pending_operations?: { type: string; resource: { urn: string } }[] };
}

/** What is needed of an engine. */
type StackEngine = Pick<Engine, "folders" | "read" | "show">;

export interface RecoverOptions {
  say: (line: string) => void;
  signal?: AbortSignal;
}

/**
 * Clears away what an engine that was killed has left of a stack: its lock, and its note of what it
 * was just creating. The next update then finds out what is there, and goes on with it. The lock of
 * an engine that still runs stays: the next one says whose it is.
 *
 * @returns whether something may be there that the state does not have.
 */
export async function recoverStack(
  engine: StackEngine,
  stack: string,
  { say, signal }: RecoverOptions,
): Promise<boolean> {
  const locks = await locksOf(engine, stack);
  const stale = await Promise.all(locks.map(isStale));
  if (locks.length > 0 && stale.every(Boolean)) {
    const pids = locks.map(({ pid }) => pid).join(", ");
    say(`An earlier run of pulumi (process ${pids}) was killed; its lock on the stack is removed.`);
    await engine.read(["cancel", "--yes", "--stack", stack]);
  }
  const pending = await pendingCreations(engine, stack);
  if (pending.length === 0) return false;
  say(`It was cut off while it created ${pending.join(", ")}: the state is refreshed first.`);
  const refresh = ["refresh", "--yes", "--skip-preview", "--clear-pending-creates"];
  await engine.show([...refresh, "--stack", stack], signal);
  return true;
}

async function locksOf(engine: StackEngine, stack: string): Promise<Lock[]> {
  const folder = join(engine.folders.backend, ".pulumi", "locks");
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter(
    ({ parentPath, name }) => basename(parentPath) === stack && name.endsWith(".json"),
  );
  const texts = await Promise.all(
    // An engine that has just ended has taken its own away.
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "utf8").catch(() => "")),
  );
  return texts.filter((text) => text !== "").map((text) => JSON.parse(text) as Lock);
}

/** Whether the engine that took a lock is gone. Of one on another machine nobody here can tell. */
async function isStale(lock: Lock): Promise<boolean> {
  return lock.hostname === hostname() && (await programOf(lock.pid)) !== "pulumi";
}

/** Types and names of the resources of which the state does not know whether they were made. */
async function pendingCreations(engine: StackEngine, stack: string): Promise<string[]> {
  const text = await engine.read(["stack", "export", "--stack", stack]);
  const { pending_operations: pending = [] } = (JSON.parse(text) as StackExport).deployment;
  return pending
    .filter(({ type }) => type === "creating")
    .map(({ resource: { urn } }) => {
      // A URN ends with the types of the parents and its own, by $, and the name.
      const [types = "", name = ""] = urn.split("::").slice(-2);
      return `${types.slice(types.lastIndexOf("$") + 1)} ${name}`;
    });
}
