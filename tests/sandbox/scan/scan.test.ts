import { strict as assert } from "node:assert";

import type { JudgedFinding } from "../../../sandbox/scan/verdict";
import { scanReport } from "../../../sandbox/scan/scan";

const FOUND: JudgedFinding = {
  scanner: "trivy",
  check: "KSV-1",
  object: "Deployment shop/web",
  file: "Deployment-shop-web.yaml",
  message: "it is old",
};
const OPTIONS = {
  stack: "home",
  out: "/tmp/scan",
  scanners: ["kubeconform", "trivy"] as const,
  install: false,
  say: () => undefined,
};

describe("scanReport", () => {
  it("tells how many objects were looked at and by whom, each finding, and where all of it is", () => {
    const accepted = { ...FOUND, check: "KSV-2", reason: "It is to be old." };
    const object = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    const manifests = {
      folder: "/tmp/scan/manifests",
      objects: new Map([["Namespace-shop.yaml", object]]),
    };
    const scan = { manifests, findings: [FOUND, accepted], unexplained: [FOUND], unused: [] };
    assert.deepEqual(scanReport(scan, OPTIONS).split("\n"), [
      '1 objects of the stack "home", as the API server has them, by kubeconform, trivy:',
      "1 findings are accepted (sandbox/scan/accepted.ts), 1 are not.",
      "  Deployment shop/web: trivy KSV-2, accepted: It is to be old.",
      "  Deployment shop/web: trivy KSV-1: it is old",
      "The objects, each scanner's own report, and scan.sarif: /tmp/scan",
    ]);
  });
});
