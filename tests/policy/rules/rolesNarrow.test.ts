import { strict as assert } from "node:assert";

import type { Values } from "../../../policy/inputs";
import { judge } from "../../../policy/rule";
import { rolesNarrow } from "../../../policy/rules/rolesNarrow";
import { describeRule } from "../../support/policy";

const READING = { apiGroups: ["apps"], resources: ["deployments"], verbs: ["get", "list"] };

/** What is found of a role, of which the stacks have none. */
async function found(rule: Values): Promise<string[]> {
  const role = {
    urn: "urn:pulumi:live::k8s-test::kubernetes:rbac.authorization.k8s.io/v1:Role::ci",
    type: "kubernetes:rbac.authorization.k8s.io/v1:Role",
    name: "ci",
    inputs: { rules: [READING, rule] },
  };
  return (await judge(rolesNarrow, [role])).map((finding) => finding.found);
}

describeRule(rolesNarrow, {}, () => {
  it("lets a role name what it is for", async () => {
    assert.deepEqual(await found(READING), []);
  });

  for (const [what, change, expected] of [
    ["all groups", { apiGroups: ["*"] }, "* in apiGroups"],
    ["all resources", { resources: ["*"] }, "* in resources"],
    ["all verbs", { verbs: ["*"] }, "* in verbs"],
    ["Secrets", { resources: ["secrets"] }, "secrets in resources"],
    ["making pods", { resources: ["pods"], verbs: ["create"] }, "create of pods"],
    ["making what makes pods", { verbs: ["get", "patch"] }, "patch of deployments"],
    ["entering pods", { resources: ["pods/exec"] }, "pods/exec in resources"],
    ["giving rights", { verbs: ["bind", "escalate"] }, "bind, escalate in verbs"],
    ["being somebody else", { verbs: ["impersonate"] }, "impersonate in verbs"],
  ] as const) {
    it(`forbids ${what}`, async () => {
      assert.deepEqual(await found({ ...READING, ...change }), [`rules.1: ${expected}`]);
    });
  }
});
