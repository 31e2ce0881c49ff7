import { strict as assert } from "node:assert";

import { sarifOf } from "../../../sandbox/scan/sarif";
import type { JudgedFinding } from "../../../sandbox/scan/verdict";

const FOUND: JudgedFinding = {
  scanner: "checkov",
  check: "CKV_1",
  object: "Deployment shop/web",
  file: "Deployment-shop-web.yaml",
  message: "no probe",
};

describe("sarifOf", () => {
  it("has a run for each scanner that was asked, also where it found nothing", () => {
    const { runs, version } = sarifOf([FOUND], ["trivy", "checkov"]);
    assert.equal(version, "2.1.0");
    assert.deepEqual(
      runs.map(({ tool, results }) => [tool.driver.name, results?.length]),
      [
        ["checkov", 1],
        ["trivy", 0],
      ],
    );
  });

  it("leads to the object's file, and names each check once", () => {
    const [run] = sarifOf([FOUND, { ...FOUND, object: "Deployment shop/db" }], ["checkov"]).runs;
    assert.deepEqual(run?.tool.driver.rules, [{ id: "CKV_1" }]);
    assert.deepEqual(run.results?.[0], {
      ruleId: "CKV_1",
      level: "warning",
      message: { text: "Deployment shop/web: no probe" },
      locations: [
        {
          physicalLocation: { artifactLocation: { uri: "manifests/Deployment-shop-web.yaml" } },
        },
      ],
      suppressions: [],
    });
  });

  it("has what is accepted suppressed, with its reason", () => {
    const [run] = sarifOf([{ ...FOUND, reason: "It needs none." }], ["checkov"]).runs;
    const suppressions = [{ kind: "external", justification: "It needs none." }];
    assert.deepEqual(run?.results?.[0]?.suppressions, suppressions);
  });
});
