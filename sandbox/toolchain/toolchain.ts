import { existsSync } from "node:fs";
import { mkdir, statfs } from "node:fs/promises";
import { dirname, join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { exclusively } from "../../host/exclusive";
import { UserError } from "../../host/userError";
import { buildTool } from "./build";
import { checkGo } from "./go";
import { ownTool } from "./onPath";
import { builtPath, moduleFilePaths } from "./pin";
import type { Tool } from "./tools";

/** Where each tool is, and where it comes from. */
export interface Toolchain {
  /** Path of a tool that was asked for. */
  path: (name: string) => string;
  /** Paths of the files that a tool that was built brought along from its module. */
  files: (name: string) => string[];
  /** One line for each tool that is a person's own, and why another of theirs was not taken. */
  remarks: readonly string[];
}

export interface ToolchainOptions {
  /** Folder that clones share; by default `~/.cache/k8s-test`. */
  cache?: string;
  /** Ends a build that runs. */
  signal?: AbortSignal;
  /** Takes what a person should read; by default written to standard output. */
  say?: (line: string) => void;
}

/** Bytes that a whole build needs at most, in the tools' folder and in Go's caches together. */
const DISK_NEEDED = 6e9;

/**
 * Gives the tools that are asked for: a person's own where its version fits, else from the cache,
 * else built into it, one after the other, while other builders wait.
 *
 * @throws UserError where Go is missing or too old, the disk is too full, or a build fails.
 */
export async function ensureTools(
  tools: readonly Tool[],
  options: ToolchainOptions = {},
): Promise<Toolchain> {
  const { cache = cacheFolder(), say = console.log, signal } = options;
  const paths = new Map<string, string>();
  const remarks: string[] = [];
  for (const { name } of tools) {
    const found = await ownTool(name);
    if (found === undefined) continue;
    if ("path" in found) {
      paths.set(name, found.path);
      remarks.push(`${name}: your own, ${found.version}, ${found.path}`);
    } else {
      remarks.push(`${name}: built, since ${found.unfit}`);
    }
  }
  // A language host belongs to its engine.
  const pulumi = paths.get("pulumi");
  if (pulumi !== undefined) paths.set("pulumi-language-nodejs", hostBeside(pulumi));

  const wanted = tools.filter(({ name }) => !paths.has(name));
  await buildMissing(wanted, cache, say, signal);
  for (const tool of wanted) paths.set(tool.name, builtPath(cache, tool));
  return {
    remarks,
    files: (name) => {
      const tool = wanted.find((one) => one.name === name);
      return tool === undefined ? [] : moduleFilePaths(builtPath(cache, tool), tool);
    },
    path: (name) => {
      const path = paths.get(name);
      if (path === undefined) throw new Error(`${name} is not among the tools that were asked for`);
      return path;
    },
  };
}

function hostBeside(pulumi: string): string {
  const beside = join(dirname(pulumi), "pulumi-language-nodejs");
  return existsSync(beside) ? beside : "pulumi-language-nodejs";
}

async function buildMissing(
  tools: readonly Tool[],
  cache: string,
  say: (line: string) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const missing = (): Tool[] => tools.filter((tool) => !existsSync(builtPath(cache, tool)));
  if (missing().length === 0) return;
  for (const group of new Set(missing().map((tool) => tool.group))) await checkGo(group);
  const onBusy = (): void => {
    say("Another run is building tools; waiting for it.");
  };
  await exclusively(join(cache, "tools"), { onBusy, ...(signal && { signal }) }, async () => {
    // What another builder made meanwhile is not built again.
    const still = missing();
    if (still.length === 0) return;
    await checkDisk(cache);
    say(announcement(still, cache));
    await buildAll(still, cache, signal);
  });
}

/** What a person should know before a long wait. */
export function announcement(tools: readonly Tool[], cache: string): string {
  const seconds = tools.reduce((sum, tool) => sum + tool.seconds, 0);
  const count = tools.length === 1 ? "One tool has" : `${String(tools.length)} tools have`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  const time = minutes === 1 ? "a minute" : `${String(minutes)} minutes`;
  return `${count} to be built from source, once: about ${time} on two cores, and the download. They are kept in ${join(cache, "tools")}.`;
}

async function checkDisk(cache: string): Promise<void> {
  await mkdir(cache, { recursive: true });
  const { bavail, bsize } = await statfs(cache);
  if (bavail * bsize >= DISK_NEEDED) return;
  const free = (bavail * bsize) / 1e9;
  throw new UserError(
    `The disk of ${cache} has ${free.toFixed(1)} GB free, and building the tools needs ${String(DISK_NEEDED / 1e9)} GB. Make room, or set XDG_CACHE_HOME to a folder on another disk.`,
  );
}

async function buildAll(
  tools: readonly Tool[],
  cache: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { Listr, PRESET_TIMER } = await import("listr2");
  const tasks = tools.map((tool) => ({
    title: `${tool.name} ${tool.version} (about ${String(tool.seconds)} s)`,
    task: () => buildTool(cache, tool, signal),
  }));
  await new Listr(tasks, {
    registerSignalListeners: false,
    fallbackRenderer: "simple",
    rendererOptions: { timer: PRESET_TIMER },
    fallbackRendererOptions: { timer: PRESET_TIMER },
  }).run();
}
