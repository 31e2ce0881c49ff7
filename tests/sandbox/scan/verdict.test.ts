import { strict as assert } from "node:assert";

import { ACCEPTED, type Accepted } from "../../../sandbox/scan/accepted";
import type { Finding } from "../../../sandbox/scan/finding";
import { judge } from "../../../sandbox/scan/verdict";

const FOUND: Finding = {
  scanner: "trivy",
  check: "KSV-1",
  object: "Deployment shop/web",
  file: "Deployment-shop-web.yaml",
  message: "it is old",
};
const ACCEPT: Accepted = {
  scanner: "trivy",
  check: "KSV-1",
  object: "Deployment shop/web",
  stacks: ["home"],
  reason: "It is to be old.",
};

describe("judge", () => {
  it("gives a finding the reason for which it is accepted", () => {
    const { findings, unexplained, unused } = judge([FOUND], [ACCEPT], "home");
    assert.deepEqual(findings, [{ ...FOUND, reason: "It is to be old." }]);
    assert.deepEqual([unexplained, unused], [[], []]);
  });

  it("accepts nothing of another scanner, check, object or stack", () => {
    const others: Accepted[] = [
      { ...ACCEPT, scanner: "checkov" },
      { ...ACCEPT, check: "KSV-2" },
      { ...ACCEPT, object: "Deployment shop/db" },
      { ...ACCEPT, stacks: ["live"] },
    ];
    const { unexplained, unused } = judge([FOUND], others, "home");
    assert.deepEqual(unexplained, [FOUND]);
    assert.deepEqual(unused, others.slice(0, 3), "what is of another stack is not missed");
  });

  it("tells what is accepted and not found any more", () => {
    assert.deepEqual(judge([], [ACCEPT], "home").unused, [ACCEPT]);
    assert.deepEqual(judge([], [ACCEPT], "live").unused, []);
  });
});

describe("what is accepted", () => {
  it("stands there once for each finding, with a whole sentence for a reason", () => {
    const keys = ACCEPTED.flatMap(({ scanner, check, object, stacks }) =>
      stacks.map((stack) => [scanner, check, object, stack].join()),
    );
    assert.deepEqual(keys, [...new Set(keys)]);
    for (const { reason } of ACCEPTED) assert.match(reason, /^[A-Z].{30,}\.$/);
  });
});
