import { strict as assert } from "node:assert";

import { PREVIEW_GROUP } from "../../../components/live/clusterAccess";
import { judge } from "../../../policy/rule";
import { accessEntryHasPolicy, GROUPS } from "../../../policy/rules/accessEntryHasPolicy";
import { describeRule, registeredStacks } from "../../support/policy";

const ENTRY = "aws:eks/accessEntry:AccessEntry";
const DEPLOYER = "arn:aws:iam::123456789012:role/sandbox-deployer";

describeRule(
  accessEntryHasPolicy,
  {
    "an entry of somebody without a policy": {
      type: ENTRY,
      path: "principalArn",
      value: "arn:aws:iam::123456789012:user/eve",
      found: "no policy for arn:aws:iam::123456789012:user/eve",
    },
    "groups, which give rights out of sight": {
      type: ENTRY,
      path: "kubernetesGroups",
      value: ["system:masters"],
      found: 'kubernetesGroups is ["system:masters"]',
    },
    "another group beside that of previews": {
      type: ENTRY,
      path: "kubernetesGroups",
      value: [PREVIEW_GROUP, "system:masters"],
      found: `kubernetesGroups is ["${PREVIEW_GROUP}","system:masters"]`,
    },
  },
  () => {
    it("lets in who only previews: the one group whose rights are written down", () => {
      assert.deepEqual(GROUPS, [PREVIEW_GROUP]);
    });

    it("finds an entry whose policy is not there", async () => {
      const all = (await registeredStacks()).get("live") ?? assert.fail();
      const without = all.filter(({ type }) => !type.endsWith(":AccessPolicyAssociation"));
      const findings = await judge(accessEntryHasPolicy, without);
      assert.deepEqual(
        findings.map(({ found }) => found),
        [`no policy for ${DEPLOYER}`],
      );
    });
  },
);
