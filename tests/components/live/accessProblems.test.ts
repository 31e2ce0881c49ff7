import { strict as assert } from "node:assert";

import { accessProblems } from "../../../components/live/accessProblems";

const ROLE = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

describe("accessProblems", () => {
  it("are none where everybody is named once", () => {
    const ci = [{ principalArn: ROLE("ci"), namespaces: ["httpbin"] }];
    assert.deepEqual(
      accessProblems({ admins: [ROLE("a")], readers: [ROLE("b")], ci, previews: [ROLE("p")] }),
      [],
    );
  });

  it("are that one is named twice, and that CI has no namespace, all at once", () => {
    const problems = accessProblems({
      admins: [ROLE("a")],
      readers: [ROLE("a")],
      ci: [{ principalArn: ROLE("ci"), namespaces: [] }],
      previews: [ROLE("ci")],
    });
    assert.deepEqual(problems, [
      {
        key: "readers[0]",
        given: ROLE("a"),
        allowed: "one entry for each role or user: admins[0] names it already",
      },
      {
        key: "previews[0]",
        given: ROLE("ci"),
        allowed: "one entry for each role or user: ci[0].principalArn names it already",
      },
      { key: "ci[0].namespaces", given: "none", allowed: "at least one namespace" },
    ]);
  });
});
