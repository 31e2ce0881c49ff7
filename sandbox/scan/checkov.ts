import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { pythonEnvironment } from "../../host/pythonEnvironment";
import { tryRun } from "../../host/run";
import type { Finding, Scanned } from "./finding";
import { jsonOf } from "./jsonOf";
import { nameOfFile, type Manifests } from "./manifestFolder";

interface Report {
  results: { failed_checks: { check_id: string; check_name: string; file_path: string }[] };
  summary: { parsing_errors: number; resource_count: number };
}

/** How Python's packages are come by. */
export interface PythonOptions {
  /** Whether Debian's package of Python's environments may be installed. */
  install: boolean;
  say: (line: string) => void;
}

/** Has checkov judge objects, with the checks that it brings along: nothing is downloaded. */
export async function checkov(program: string, manifests: Manifests): Promise<Scanned> {
  const flags = ["--framework=kubernetes", "--output=json", "--quiet", "--compact"];
  const args = ["--skip-download", ...flags, "--directory", manifests.folder];
  const result = await tryRun(program, args);
  const report = jsonOf("checkov", result) as Partial<Report>;
  const { parsing_errors: errors = 0, resource_count: seen = 0 } = report.summary ?? {};
  // Some are counted twice: as they are, and for the pods that they make.
  if (report.results === undefined || errors > 0 || seen < manifests.objects.size) {
    throw new Error(`checkov has not looked at every object: ${result.all}`);
  }
  const findings = report.results.failed_checks.map(
    ({ check_id, check_name, file_path }): Finding => ({
      scanner: "checkov",
      check: check_id,
      ...nameOfFile(manifests, file_path),
      message: check_name,
    }),
  );
  return { findings, report: result.stdout };
}

/** Path of checkov, in an environment of its own with the packages of the lock and no others. */
export async function installCheckov({ install, say }: PythonOptions): Promise<string> {
  const lock = join(__dirname, "requirements.txt");
  const key = createHash("sha256")
    .update(await readFile(lock))
    .digest("hex")
    .slice(0, 16);
  const cache = join(cacheFolder(), "lint", `checkov-${key}`);
  const packages = ["--no-deps", "--require-hashes", "--requirement", lock];
  const options = { install, say, log: join(cacheFolder(), "lint", "checkov.log") };
  return join(await pythonEnvironment(cache, packages, options), "checkov");
}
