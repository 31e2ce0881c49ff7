import { join } from "node:path";

import { tryRun } from "../../host/run";
import type { Finding, Scanned } from "./finding";
import { jsonOf } from "./jsonOf";
import { nameOfFile, type Manifests } from "./manifestFolder";
import { SCHEMA_TEMPLATE } from "./schemas";

interface Report {
  resources?: { filename: string; kind: string; name: string; status: string; msg: string }[];
  summary: { valid: number; invalid: number; errors: number; skipped: number };
}

/**
 * Compares objects with the schemas of their kinds, to the last field. A kind without a schema is a
 * finding, too.
 *
 * @param program - Path of kubeconform.
 * @param schemas - Folder with a schema for each kind.
 */
export async function kubeconform(
  program: string,
  manifests: Manifests,
  schemas: string,
): Promise<Scanned> {
  const location = join(schemas, SCHEMA_TEMPLATE);
  const args = ["-strict", "-summary", "-output=json", "-schema-location", location];
  const result = await tryRun(program, [...args, manifests.folder]);
  const { resources = [], summary } = jsonOf("kubeconform", result) as Report;
  const findings = resources.map(({ filename, status, msg }): Finding => ({
    scanner: "kubeconform",
    check: status === "statusInvalid" ? "schema" : "no-schema",
    ...nameOfFile(manifests, filename),
    message: msg,
  }));
  const { valid, skipped } = summary;
  if (skipped > 0 || valid + findings.length !== manifests.objects.size) {
    throw new Error(`kubeconform has not looked at every object: ${result.stdout}`);
  }
  return { findings, report: result.stdout };
}
