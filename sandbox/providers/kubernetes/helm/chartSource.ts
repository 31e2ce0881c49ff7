import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

import { textAt, without, type JsonObject } from "../../skeleton/json";

/** Variable with a folder of charts, by name, that take the place of those of repositories. */
export const STAND_IN_CHARTS = "K8S_TEST_CHARTS";

/** Where a release's chart comes from. */
export type ChartSource =
  | { is: "local"; path: string }
  | { is: "repository"; url: string }
  /** A chart of the sandbox's own, in place of a repository's. */
  | { is: "standIn"; path: string }
  /** A name that only the user's own helm knows, such as `bitnami/nginx`. */
  | { is: "named" };

/** @param standIns - Folder of charts that take the place of others. @default none */
export function chartSource(inputs: JsonObject, standIns?: string): ChartSource {
  const chart = textAt(inputs, "chart") ?? "";
  const repo = textAt(inputs, "repositoryOpts", "repo");
  if (repo !== undefined && standIns !== undefined && /^[\w-]+$/.test(chart)) {
    const path = join(standIns, chart);
    if (existsSync(path)) return { is: "standIn", path };
  }
  if (repo !== undefined) return { is: "repository", url: repo };
  if (/^(?:oci|https?):\/\//.test(chart)) return { is: "repository", url: chart };
  const path = resolve(chart);
  return existsSync(path) || /^[./]/.test(chart) ? { is: "local", path } : { is: "named" };
}

/** Inputs of a release with which helm installs it: of a stand-in there is one version, in a folder. */
export function installable(inputs: JsonObject, source: ChartSource): JsonObject {
  return source.is === "standIn"
    ? { ...without(inputs, "repositoryOpts", "version"), chart: source.path }
    : inputs;
}
