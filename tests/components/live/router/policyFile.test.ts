import { strict as assert } from "node:assert";

import { approvalSnippet, approveRoute } from "../../../../components/live/router/policyFile";

const approval = { tag: "tag:router", route: "10.80.0.0/16" };

const POLICY = `// Ours.
{
\t"tagOwners": {
\t\t"tag:router": ["tag:deployer"],
\t},
\t// Everyone, everywhere.
\t"grants": [{"src": ["*"], "dst": ["*"], "ip": ["*"]}],
\t"randomizeClientPort": false,
}
`;

describe("approveRoute", () => {
  it("adds the approval and leaves all else as it is, comments and commas too", () => {
    assert.equal(
      approveRoute(POLICY, approval),
      `// Ours.
{
\t"tagOwners": {
\t\t"tag:router": ["tag:deployer"],
\t},
\t// Everyone, everywhere.
\t"grants": [{"src": ["*"], "dst": ["*"], "ip": ["*"]}],
\t"randomizeClientPort": false,
\t"autoApprovers": {
\t\t"routes": {
\t\t\t"10.80.0.0/16": [
\t\t\t\t"tag:router"
\t\t\t]
\t\t}
\t},
}
`,
    );
  });

  it("changes nothing where both are there", () => {
    const approved = approveRoute(POLICY, approval);
    assert.equal(approveRoute(approved, approval), approved);
  });

  it("keeps the approvers that a route has, and the routes that there are", () => {
    const routes = { "10.80.0.0/16": ["group:net"], "10.0.0.0/8": ["tag:other"] };
    const policy = JSON.stringify({ tagOwners: { "tag:router": [] }, autoApprovers: { routes } });
    assert.deepEqual(JSON.parse(approveRoute(policy, approval)), {
      tagOwners: { "tag:router": [] },
      autoApprovers: {
        routes: { "10.80.0.0/16": ["group:net", "tag:router"], "10.0.0.0/8": ["tag:other"] },
      },
    });
  });

  it("says where a policy file is broken", () => {
    assert.throws(() => approveRoute('{"grants": [', approval), {
      message: "The tailnet's policy file: CloseBracketExpected at character 12.",
    });
  });
});

describe("approvalSnippet", () => {
  it("is a policy file that has the tag and the approval, and nothing more", () => {
    assert.deepEqual(JSON.parse(approvalSnippet(approval)), {
      tagOwners: { "tag:router": ["autogroup:admin"] },
      autoApprovers: { routes: { "10.80.0.0/16": ["tag:router"] } },
    });
  });
});
