import { strict as assert } from "node:assert";

import {
  STANDARD_SUPPORT,
  kubernetesVersionProblems,
} from "../../../components/live/kubernetesVersions";
import { versions } from "../../../versions";

const TODAY = new Date("2026-12-05");

describe("kubernetesVersionProblems", () => {
  it("has nothing against a release in standard support, or one newer than the table", () => {
    for (const version of ["1.35", "1.36", "1.37", "1.40"]) {
      assert.deepEqual(kubernetesVersionProblems(version, TODAY), [], version);
    }
  });

  it("refuses a release whose standard support is over, says since when, and what there is", () => {
    assert.deepEqual(kubernetesVersionProblems("1.34", TODAY), [
      {
        key: "version",
        given: "1.34, whose standard support ended on 2026-12-02",
        allowed:
          "a release in standard support: 1.34 until 2026-12-02, 1.35 until 2027-03-27, " +
          "1.36 until 2027-08-02, or a newer one",
        suggestion: "1.36",
      },
    ]);
    assert.deepEqual(kubernetesVersionProblems("1.34", new Date("2026-12-01")), []);
  });

  it("refuses an older release, and what is none", () => {
    for (const version of ["1.20", "2.0", "1.36.3", "latest"]) {
      const [problem, ...others] = kubernetesVersionProblems(version, TODAY);
      assert.deepEqual(others, []);
      assert.equal(problem?.given, version);
    }
  });

  it("still has an answer when the table has grown old", () => {
    const [problem] = kubernetesVersionProblems("1.36", new Date("2030-01-01"));
    assert.equal(problem?.given, "1.36, whose standard support ended on 2027-08-02");
    assert.match(problem.allowed, /, or a newer one$/);
  });

  it("knows of the release that is pinned", () => {
    assert.ok(versions.eks in STANDARD_SUPPORT);
  });
});
