import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { UserError } from "../../host/userError";
import type { Engine } from "../stack/engine";
import { ACCEPTED } from "./accepted";
import { appliedObjects } from "./appliedObjects";
import { writeManifests, type Manifests } from "./manifestFolder";
import { sarifOf } from "./sarif";
import { runScanners, type ScannerOptions } from "./scanners";
import { writeServedSchemas } from "./schemas";
import { judge, type Verdict } from "./verdict";

export interface ScanOptions extends Omit<ScannerOptions, "schemas"> {
  stack: string;
  /** Folder that takes the objects, what each scanner said, and `scan.sarif`. */
  out: string;
}

/** What a scan came to. */
export interface Scan extends Verdict {
  /** The objects that were looked at. */
  manifests: Manifests;
}

/**
 * Shows the objects of a stack, as the API server has them, to scanners, and keeps what they say.
 *
 * @throws UserError where the stack has no objects, or a scanner is missing and cannot be made.
 */
export async function scanStack(engine: Engine, options: ScanOptions): Promise<Scan> {
  const { stack, out, scanners } = options;
  const objects = await appliedObjects(engine, stack);
  const manifests = await writeManifests(join(out, "manifests"), objects);
  const schemas = await servedSchemas(engine, manifests, join(out, "schemas"));
  const scanned = await runScanners(manifests, { ...options, schemas });
  for (const [scanner, { report }] of scanned)
    await writeFile(join(out, `${scanner}.json`), report);

  const accepted = ACCEPTED.filter(({ scanner }) => scanners.includes(scanner));
  const found = [...scanned.values()].flatMap(({ findings }) => findings);
  const verdict = judge(found, accepted, stack);
  const sarif = sarifOf(verdict.findings, scanners);
  await writeFile(join(out, "scan.sarif"), `${JSON.stringify(sarif, null, 2)}\n`);
  return { manifests, ...verdict };
}

/** The schemas of objects, as their own API server publishes them. */
export async function servedSchemas(
  engine: Engine,
  { objects }: Manifests,
  folder: string,
): Promise<string> {
  const ask = async (path: string): Promise<string> => {
    const { ok, stdout, all } = await engine.kubectl(["get", "--raw", path]);
    if (!ok) throw new UserError(`The API server does not say what its kinds are: ${all.trim()}`);
    return stdout;
  };
  const apiVersions = [...objects.values()].map(({ apiVersion }) => apiVersion);
  await writeServedSchemas(ask, apiVersions, folder);
  return folder;
}

/** A scan for a person to read. */
export function scanReport(
  { manifests, findings, unexplained }: Scan,
  options: ScanOptions,
): string {
  const { stack, scanners, out } = options;
  const accepted = findings.filter(({ reason }) => reason !== undefined);
  return [
    `${String(manifests.objects.size)} objects of the stack "${stack}", as the API server has them, by ${scanners.join(", ")}:`,
    `${String(accepted.length)} findings are accepted (sandbox/scan/accepted.ts), ${String(unexplained.length)} are not.`,
    ...accepted.map(
      ({ object, scanner, check, reason }) =>
        `  ${object}: ${scanner} ${check}, accepted: ${String(reason)}`,
    ),
    ...unexplained.map(
      ({ object, scanner, check, message }) => `  ${object}: ${scanner} ${check}: ${message}`,
    ),
    `The objects, each scanner's own report, and scan.sarif: ${out}`,
  ].join("\n");
}
