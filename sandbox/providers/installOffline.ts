import { chmod, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { bundle } from "./bundle";

/** A file only the offline plugin's folder has. */
export const BUNDLE = "plugin.cjs";

/** Folder of a resource plugin, where the engine looks for it. */
export function pluginFolder(pulumiHome: string, name: string, version: string): string {
  return join(pulumiHome, "plugins", `resource-${name}-v${version}`);
}

export interface OfflinePlugin {
  /** Package, such as `aws`. */
  name: string;
  /** Version of the SDK's package: the engine takes no other. */
  version: string;
  /** Source file that serves the provider. */
  entry: string;
  /** Texts in place of names that the source declares. @default PLUGIN_VERSION alone */
  constants?: Record<string, string>;
}

/** Lays an offline provider out as a plugin of the engine. */
export async function installOffline(
  pulumiHome: string,
  { name, version, entry, constants = {} }: OfflinePlugin,
): Promise<void> {
  const folder = pluginFolder(pulumiHome, name, version);
  await mkdir(folder, { recursive: true });
  const text = await bundle(entry, { PLUGIN_VERSION: version, ...constants });
  await installProgram(folder, `pulumi-resource-${name}`, { name: BUNDLE, text });
}

/**
 * Lays out a program of one file, to be run by this very Node, whatever PATH says where it is
 * started; and in the place of the shell, so that whoever starts it is its parent.
 */
export async function installProgram(
  folder: string,
  name: string,
  bundled: { name: string; text: string },
): Promise<void> {
  await replaceFile(join(folder, bundled.name), bundled.text);
  const script = `#!/bin/sh\nexec ${quote(process.execPath)} "$(dirname "$0")/${bundled.name}" "$@"\n`;
  await replaceFile(join(folder, name), script, 0o755);
}

/** Nobody ever sees half a file, and an engine that runs keeps the old one. */
export async function replaceFile(path: string, text: string, mode = 0o644): Promise<void> {
  const next = `${path}.${String(process.pid)}`;
  await writeFile(next, text, { mode });
  await chmod(next, mode);
  await rename(next, path);
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
