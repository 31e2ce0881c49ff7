import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { bundle } from "./bundle";

/** A file only the offline plugin's folder has. */
export const BUNDLE = "plugin.cjs";

/** Folder of a resource plugin, where the engine looks for it. */
export function pluginFolder(pulumiHome: string, name: string, version: string): string {
  return join(pulumiHome, "plugins", `resource-${name}-v${version}`);
}

/**
 * Lays an offline provider out as a plugin of the engine.
 *
 * @param entry - Source file that serves the provider.
 * @param version - Version of the SDK's package: the engine takes no other.
 */
export async function installOffline(
  pulumiHome: string,
  { name, version, entry }: { name: string; version: string; entry: string },
): Promise<void> {
  const folder = pluginFolder(pulumiHome, name, version);
  await mkdir(folder, { recursive: true });
  await replaceFile(join(folder, BUNDLE), await bundle(entry, { PLUGIN_VERSION: version }));
  // This very Node, whatever PATH says when the engine starts the plugin; `exec`, so that the
  // engine is the plugin's parent.
  const script = `#!/bin/sh\nexec ${quote(process.execPath)} "$(dirname "$0")/${BUNDLE}" "$@"\n`;
  await replaceFile(join(folder, `pulumi-resource-${name}`), script, 0o755);
}

/** Nobody ever sees half a file, and an engine that runs keeps the old one. */
async function replaceFile(path: string, text: string, mode = 0o644): Promise<void> {
  const next = `${path}.${String(process.pid)}`;
  await writeFile(next, text);
  await chmod(next, mode);
  await rename(next, path);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
