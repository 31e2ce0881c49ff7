import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseAllDocuments } from "yaml";

import { tryRun } from "../../../../host/run";
import { isObject, textAt, type Json, type JsonObject } from "../../skeleton/json";
import type { Access } from "../kubeconfig";
import { upgradeArguments } from "./releaseInputs";

/** A release, as helm tells of it. */
export interface ReleaseStatus {
  name: string;
  namespace: string;
  revision: number;
  /** Such as `deployed` or `failed`. */
  status: string;
  chart: string;
  version: string;
  appVersion: string;
}

/** What helm said when it failed. */
export class HelmError extends Error {
  override readonly name = "HelmError";
}

/** The helm on PATH, at work on one cluster. */
export class Helm {
  constructor(
    private readonly access: Access,
    private readonly signal: AbortSignal,
  ) {}

  /** Installs a release, or changes it. */
  async upgrade(inputs: JsonObject): Promise<void> {
    await this.withFiles({ values: inputs["values"] ?? {} }, async (files) => {
      await this.run(upgradeArguments(inputs, files["values"] ?? ""), files);
    });
  }

  /** @returns undefined where there is no such release. */
  async status(name: string, namespace: string): Promise<ReleaseStatus | undefined> {
    const filter = ["--filter", `^${name}$`, "--namespace", namespace, "--all", "--output", "json"];
    const output = await this.withFiles({}, (files) => this.run(["list", ...filter], files));
    const [found] = JSON.parse(output) as Json[];
    if (!isObject(found)) return undefined;
    const text = (key: string): string => textAt(found, key) ?? "";
    // helm tells chart and version as one word: NAME-VERSION.
    const [, chart = text("chart"), version = ""] = /^(.+?)-(v?\d+\..*)$/.exec(text("chart")) ?? [];
    return {
      name,
      namespace,
      revision: Number(text("revision")),
      status: text("status"),
      chart,
      version,
      appVersion: text("app_version"),
    };
  }

  /** Ids of a release's objects, by `KIND.GROUP/APIVERSION`. */
  async resourceNames(name: string, namespace: string): Promise<Record<string, string[]>> {
    const manifest = await this.withFiles({}, (files) =>
      this.run(["get", "manifest", name, "--namespace", namespace], files),
    );
    return resourceNames(manifest, namespace);
  }

  /** @param timeout - Seconds that the objects may take to be gone. */
  async uninstall(name: string, namespace: string, timeout: number): Promise<void> {
    const wait = ["--wait", "--timeout", `${String(timeout)}s`, "--ignore-not-found"];
    await this.withFiles({}, (files) =>
      this.run(["uninstall", name, "--namespace", namespace, ...wait], files),
    );
  }

  private async run(args: string[], files: Record<string, string>): Promise<string> {
    const { ok, code, reason, stdout, stderr } = await tryRun(
      "helm",
      [...args, "--kubeconfig", files["kubeconfig"] ?? ""],
      // helm has a limit of its own.
      { signal: this.signal, timeout: 0 },
    );
    if (ok) return stdout;
    if (code === "ENOENT") {
      throw new HelmError(
        "A chart is to be installed, but there is no helm on PATH. Install helm 3, then run the " +
          "command again.",
      );
    }
    const said = stderr.trim();
    throw new HelmError(said === "" ? reason : said);
  }

  /** Files that only this user can read and that are there only as long as helm runs. */
  private async withFiles<Result>(
    contents: Record<string, Json>,
    use: (files: Record<string, string>) => Promise<Result>,
  ): Promise<Result> {
    const folder = await mkdtemp(join(tmpdir(), "pulumi-helm-"));
    try {
      const files: Record<string, string> = {};
      const texts = Object.entries(contents).map(([name, json]) => [name, JSON.stringify(json)]);
      for (const [name = "", text = ""] of [
        ...texts,
        ["kubeconfig", this.access.config.exportConfig()],
      ]) {
        files[name] = join(folder, name);
        await writeFile(join(folder, name), text, { mode: 0o600 });
      }
      return await use(files);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

/** Ids of the objects of a manifest, by `KIND.GROUP/APIVERSION`. */
export function resourceNames(manifest: string, namespace: string): Record<string, string[]> {
  const names: Record<string, string[]> = {};
  for (const document of parseAllDocuments(manifest)) {
    const object = document.toJS() as Json;
    const apiVersion = textAt(object, "apiVersion");
    const kind = textAt(object, "kind");
    if (apiVersion === undefined || kind === undefined) continue;
    const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0] ?? ""}` : "";
    const inside = textAt(object, "metadata", "namespace") ?? namespace;
    (names[`${kind}${group}/${apiVersion}`] ??= []).push(
      `${inside}/${textAt(object, "metadata", "name") ?? ""}`,
    );
  }
  return names;
}
