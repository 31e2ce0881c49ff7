import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, rmdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The roots of the cgroup trees: one of version 2, or one for each controller of version 1. */
export function cgroupRoots(mounts = readFileSync("/proc/self/mounts", "utf8")): string[] {
  return mounts.split("\n").flatMap((line) => {
    const [, target, type] = line.split(" ");
    return target !== undefined && (type === "cgroup" || type === "cgroup2") ? [target] : [];
  });
}

/** Makes a cgroup in every tree, with the controllers that the kubelet asks of it. */
export async function makeCgroup(path: string): Promise<void> {
  for (const root of cgroupRoots()) {
    await passOnControllers(root);
    await mkdir(join(root, path), { recursive: true });
  }
}

/** In a tree of version 2 a cgroup has the controllers that the one above it passes on. */
async function passOnControllers(root: string): Promise<void> {
  const passedOn = join(root, "cgroup.subtree_control");
  if (!existsSync(passedOn)) return;
  const available = readFileSync(join(root, "cgroup.controllers"), "utf8");
  const missing = missingControllers(available, readFileSync(passedOn, "utf8"));
  if (missing.length > 0) {
    await writeFile(passedOn, missing.map((controller) => `+${controller}`).join(" "));
  }
}

/** Controllers that the kubelet asks for, and the kernel has, but are not passed on. */
export function missingControllers(available: string, passedOn: string): string[] {
  const has = (list: string, one: string): boolean => list.trim().split(/\s+/).includes(one);
  return ["cpu", "cpuset", "hugetlb", "memory", "pids"].filter(
    (controller) => has(available, controller) && !has(passedOn, controller),
  );
}

/** Removes a cgroup and those below it. What has just ended may hold them for a moment. */
export async function removeCgroup(path: string): Promise<void> {
  for (const root of cgroupRoots()) {
    const folder = join(root, path);
    for (const below of existsSync(folder) ? deepestFirst(folder) : []) await remove(below);
  }
}

function deepestFirst(folder: string): string[] {
  const below = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isDirectory());
  return [...below.flatMap(({ name }) => deepestFirst(join(folder, name))), folder];
}

/** On a busy machine, what was killed may take seconds to be gone. */
const GONE_MS = 20_000;

async function remove(folder: string): Promise<void> {
  const deadline = Date.now() + GONE_MS;
  for (;;) {
    try {
      await rmdir(folder);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
