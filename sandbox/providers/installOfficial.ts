import { existsSync } from "node:fs";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { tryRun } from "../../host/run";
import { BUNDLE, pluginFolder } from "./installOffline";
import { whyUnreachable } from "./reach";

/** Where Pulumi downloads plugins from. */
const SERVER = "https://get.pulumi.com";

/** How long Pulumi may take to download a plugin, in milliseconds. */
const DOWNLOAD_MS = 120_000;

/** How long it is remembered that a plugin could not be had, in milliseconds: an hour. */
const REMEMBER_MS = 3_600_000;

export interface OfficialPlugin {
  pulumiHome: string;
  /** Environment of the engine, with a PATH on which `pulumi` is. */
  env: Readonly<Record<string, string | undefined>>;
  name: string;
  version: string;
}

/**
 * Has Pulumi install the official plugin, unless it is there. Takes the offline one away for it.
 *
 * @returns why it cannot be had; undefined where it is there.
 */
export async function installOfficial(plugin: OfficialPlugin): Promise<string | undefined> {
  const { pulumiHome, name, version } = plugin;
  const folder = pluginFolder(pulumiHome, name, version);
  const isOffline = existsSync(join(folder, BUNDLE));
  if (existsSync(folder) && !isOffline) return undefined;

  const attempt = join(pulumiHome, `no-official-${name}-v${version}`);
  const before = isOffline ? await remembered(attempt) : undefined;
  if (before !== undefined) return before;
  const why = await download(plugin);
  await mkdir(pulumiHome, { recursive: true });
  if (why === undefined) await rm(attempt, { force: true });
  else await writeFile(attempt, why);
  return why;
}

async function download({
  pulumiHome,
  env,
  name,
  version,
}: OfficialPlugin): Promise<string | undefined> {
  // A proxy may lead where this process does not: then only Pulumi can tell.
  const hasProxy = Object.keys(env).some((key) => /^https?_proxy$/i.test(key));
  const why = hasProxy ? undefined : await whyUnreachable(SERVER);
  if (why !== undefined) return why;
  // Pulumi holds any folder of this name for the plugin.
  await rm(pluginFolder(pulumiHome, name, version), { recursive: true, force: true });
  const { ok, reason, stderr } = await tryRun(
    "pulumi",
    ["plugin", "install", "resource", name, version],
    { env: { ...env, PULUMI_HOME: pulumiHome }, extendEnv: false, timeout: DOWNLOAD_MS },
  );
  if (ok) return undefined;
  const said = stderr.trim();
  return said === "" ? reason : said.split("\n").at(-1);
}

/** Why it could not be had a short while ago. */
async function remembered(attempt: string): Promise<string | undefined> {
  try {
    const { mtimeMs } = await stat(attempt);
    return Date.now() - mtimeMs < REMEMBER_MS ? await readFile(attempt, "utf8") : undefined;
  } catch {
    return undefined;
  }
}
