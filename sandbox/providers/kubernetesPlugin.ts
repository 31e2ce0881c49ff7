import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { installOffline } from "./installOffline";
import { installOfficial } from "./installOfficial";

const ROOT = join(__dirname, "..", "..");
const ENTRY = join(__dirname, "kubernetes", "main.ts");

export interface PluginOptions {
  /** Folder that holds the engine's plugins, apart from the user's own. */
  pulumiHome: string;
  /** Environment for the engine, with a PATH on which `pulumi` is. */
  env: Readonly<Record<string, string | undefined>>;
}

export interface ProvidedPlugin {
  version: string;
  used: "official" | "offline";
  /** Which one is used and why, for the user. */
  message: string;
}

/** Version of @pulumi/kubernetes that the program is pinned to. */
export async function kubernetesVersion(): Promise<string> {
  const text = await readFile(join(ROOT, "package.json"), "utf8");
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  const version = dependencies["@pulumi/kubernetes"];
  if (version === undefined) throw new Error("package.json does not pin @pulumi/kubernetes.");
  return version;
}

/** Lays out the offline provider, whether or not the official one could be had. */
export async function installOfflineKubernetes(pulumiHome: string): Promise<ProvidedPlugin> {
  const version = await kubernetesVersion();
  await installOffline(pulumiHome, { name: "kubernetes", version, entry: ENTRY });
  return {
    version,
    used: "offline",
    message: `Kubernetes provider: the offline one (in place of ${version})`,
  };
}

/** The official provider where Pulumi can install it, else the offline one. */
export async function provideKubernetesPlugin(options: PluginOptions): Promise<ProvidedPlugin> {
  const version = await kubernetesVersion();
  const why = await installOfficial({ ...options, name: "kubernetes", version });
  if (why === undefined) {
    return {
      version,
      used: "official",
      message: `Kubernetes provider: the official one, ${version}`,
    };
  }
  const provided = await installOfflineKubernetes(options.pulumiHome);
  return { ...provided, message: `${provided.message}, as Pulumi cannot install it: ${why}` };
}
