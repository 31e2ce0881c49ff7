import { join } from "node:path";

import { tryRun } from "../../host/run";
import { versions } from "../../versions";
import type { Finding, Scanned } from "./finding";
import { jsonOf } from "./jsonOf";
import { nameOfFile, type Manifests } from "./manifestFolder";

/** One object, and what was looked for in it. */
interface Scored {
  file_name: string;
  checks:
    | {
        check: { id: string };
        grade: number;
        skipped: boolean;
        comments: { summary: string; path: string }[] | null;
      }[]
    | null;
}

/** kube-score's grade of a check that has nothing to say. */
const ALL_OK = 10;

/** Has kube-score judge objects: all that it has against them, warnings as well. */
export async function kubeScore(program: string, manifests: Manifests): Promise<Scanned> {
  const [major, minor] = versions.kubernetes.split(".");
  const result = await tryRun(program, [
    "score",
    "--output-format=json",
    `--kubernetes-version=v${String(major)}.${String(minor)}`,
    ...[...manifests.objects.keys()].map((file) => join(manifests.folder, file)),
  ]);
  const scored = jsonOf("kube-score", result) as Scored[];
  const findings = scored.flatMap(({ file_name: file, checks }) =>
    (checks ?? [])
      .filter(({ grade, skipped }) => !skipped && grade < ALL_OK)
      .map(({ check, comments }): Finding => ({
        scanner: "kube-score",
        check: check.id,
        ...nameOfFile(manifests, file),
        message: (comments ?? []).map(({ summary }) => summary).join("; "),
      })),
  );
  return { findings, report: result.stdout };
}
