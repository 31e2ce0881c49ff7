import { tryRun } from "../../host/run";
import type { Finding, Scanned } from "./finding";
import { jsonOf } from "./jsonOf";
import { nameOfFile, type Manifests } from "./manifestFolder";

interface Report {
  /** How many checks were made of each file. */
  checks: Record<string, number>;
  failures: { id: string; name: string; severity: string; file: string; message: string }[];
}

/** Has Trivy's checks of Kubernetes objects judge them. */
export async function trivy(program: string, manifests: Manifests): Promise<Scanned> {
  const result = await tryRun(program, [manifests.folder]);
  const { checks, failures } = jsonOf("trivy-checks", result) as Report;
  const left = [...manifests.objects.keys()].filter((file) => !(file in checks));
  if (left.length > 0) throw new Error(`trivy-checks has not looked at ${left.join(", ")}`);
  const findings = failures.map(({ id, file, message, severity, name }): Finding => ({
    scanner: "trivy",
    check: id,
    ...nameOfFile(manifests, file),
    message: `${message} (${name}, ${severity})`,
  }));
  return { findings, report: result.stdout };
}
