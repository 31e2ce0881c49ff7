import { existsSync } from "node:fs";
import { resolve } from "node:path";

import { textAt, type JsonObject } from "../../skeleton/json";

/** Where a release's chart comes from. */
export type ChartSource =
  | { is: "local"; path: string }
  | { is: "repository"; url: string }
  /** A name that only the user's own helm knows, such as `bitnami/nginx`. */
  | { is: "named" };

export function chartSource(inputs: JsonObject): ChartSource {
  const chart = textAt(inputs, "chart") ?? "";
  const repo = textAt(inputs, "repositoryOpts", "repo");
  if (repo !== undefined) return { is: "repository", url: repo };
  if (/^(?:oci|https?):\/\//.test(chart)) return { is: "repository", url: chart };
  const path = resolve(chart);
  return existsSync(path) || /^[./]/.test(chart) ? { is: "local", path } : { is: "named" };
}
