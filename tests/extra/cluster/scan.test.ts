import { strict as assert } from "node:assert";
import { access, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { isInstalled, isRoot } from "../../../host/tools";
import type { AppliedObject } from "../../../sandbox/scan/appliedObjects";
import { SCANNERS, type Scanner } from "../../../sandbox/scan/finding";
import { writeManifests } from "../../../sandbox/scan/manifestFolder";
import { runScanners } from "../../../sandbox/scan/scanners";
import { scanReport, scanStack, servedSchemas, type Scan } from "../../../sandbox/scan/scan";
import { sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { upStack } from "../../../sandbox/stack/upStack";
import { ownStateFolder } from "../../support/ownStateFolder";
import { skip } from "../../support/reporter";

const NAME = "scan";

/** A workload with most that can be wrong with one, and a field that there is not. */
const BAD: AppliedObject = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "bad", namespace: "bad" },
  spec: {
    replica: 1,
    selector: { matchLabels: { app: "bad" } },
    template: {
      metadata: { labels: { app: "bad" } },
      spec: {
        hostPID: true,
        containers: [{ name: "bad", image: "bad", securityContext: { privileged: true } }],
      },
    },
  },
};

/** What each scanner must have against it, by the scanner's own name of the check. */
const AGAINST_BAD: Readonly<Record<Scanner, readonly string[]>> = {
  kubeconform: ["schema"],
  "kube-score": ["container-security-context-privileged", "container-resources"],
  checkov: ["CKV_K8S_16", "CKV_K8S_17"],
  trivy: ["KSV-0010", "KSV-0017"],
};

for (const stack of ["home", "live"]) {
  describe(`What the stack ${stack} has applied, before scanners`, () => {
    const state = ownStateFolder(NAME);
    const say = (): void => undefined;
    let place: Place;
    let out = "";
    let scan: Scan;

    before(async function () {
      // A machine that has no tools yet builds them here.
      this.timeout("60m");
      if (!isRoot() && !(await isInstalled("python3"))) skip(this, "needs Python, or root");
      out = await mkdtemp(join(tmpdir(), `k8s-test-scan-${stack}-`));
      place = await sandboxPlace({ name: NAME, stack, tier: "cluster", install: true, say });
      // It ends once the autoscaler has set the number of pods.
      await upStack(place, { stack, say });
      const options = { stack, out, scanners: SCANNERS, install: true, say };
      scan = await scanStack(place.engine, options);
      console.log(scanReport(scan, options));
    });
    after(async () => {
      if (out !== "") await rm(out, { recursive: true });
    });

    it("is all of it: each object of the stack, with the server's defaults", async () => {
      const objects = ["Deployment", "HorizontalPodAutoscaler", "Ingress", "NetworkPolicy"];
      const more = ["PodDisruptionBudget", "Service", "ServiceAccount"];
      const home = stack === "home" ? ["Middleware-httpbin-httpbin-redirect-https.yaml"] : [];
      assert.deepEqual(
        [...scan.manifests.objects.keys()].sort(),
        [
          ...[...objects, ...more].map((kind) => `${kind}-httpbin-httpbin.yaml`),
          ...home,
          "Namespace-httpbin.yaml",
        ].sort(),
      );
      const file = join(out, "manifests", "Deployment-httpbin-httpbin.yaml");
      const deployment = await readFile(file, "utf8");
      assert.match(deployment, /terminationMessagePath/, "a default of the server's");
      assert.doesNotMatch(deployment, /managedFields|^status/m);
    });

    it("has nothing against it but what is accepted, with a reason", () => {
      assert.deepEqual(scan.unexplained, []);
    });

    it("needs every reason that is written down for it", () => {
      assert.deepEqual(scan.unused, []);
      assert.ok(scan.findings.length > 0);
    });

    it("leaves what each scanner said as files", async () => {
      for (const scanner of SCANNERS) await access(join(out, `${scanner}.json`));
      const sarif = JSON.parse(await readFile(join(out, "scan.sarif"), "utf8")) as {
        runs: { results: object[] }[];
      };
      assert.equal(sarif.runs.length, SCANNERS.length);
      assert.equal(sarif.runs.flatMap(({ results }) => results).length, scan.findings.length);
    });

    it("is looked at only where the stack is there", async () => {
      const other = stack === "home" ? "live" : "home";
      const options = { stack: other, out, scanners: SCANNERS, install: true, say };
      const says = new RegExp(`stack "${other}" is not on this cluster.*-- up --stack ${other}$`);
      await assert.rejects(scanStack(place.engine, options), says);
    });

    it("would be found out by each scanner if it were bad", async () => {
      const bad = await writeManifests(join(state.path(), "bad"), [BAD]);
      const schemas = await servedSchemas(place.engine, bad, join(state.path(), "schemas"));
      const options = { scanners: SCANNERS, schemas, install: true, say };
      const scanned = await runScanners(bad, options);
      for (const scanner of SCANNERS) {
        const checks = scanned.get(scanner)?.findings.map(({ check }) => check) ?? [];
        for (const check of AGAINST_BAD[scanner]) {
          assert.ok(checks.includes(check), `${scanner}: ${check} is not among ${checks.join()}`);
        }
      }
    });
  });
}
