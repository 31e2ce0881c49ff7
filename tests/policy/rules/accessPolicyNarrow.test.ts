import { strict as assert } from "node:assert";

import { judge } from "../../../policy/rule";
import { accessPolicyNarrow } from "../../../policy/rules/accessPolicyNarrow";
import { describeRule } from "../../support/policy";

const type = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const policyOf = (name: string): string => `arn:aws:eks::aws:cluster-access-policy/${name}`;
const ci = { type, of: "live-with-everything", name: "live-access-role/ci" } as const;

describeRule(
  accessPolicyNarrow,
  {
    "rights to change things everywhere": {
      type,
      path: "policyArn",
      value: policyOf("AmazonEKSEditPolicy"),
      found: 'AmazonEKSEditPolicy, where accessScope.type is "cluster"',
    },
    "to look at all, Secrets included": {
      type,
      path: "policyArn",
      value: policyOf("AmazonEKSAdminViewPolicy"),
      found: 'AmazonEKSAdminViewPolicy, where accessScope.type is "cluster"',
    },
    "what is for namespaces without any": {
      ...ci,
      path: "accessScope",
      value: { type: "cluster" },
      found: 'AmazonEKSEditPolicy, where accessScope.type is "cluster"',
    },
    "to run the cluster by way of namespaces": {
      ...ci,
      path: "policyArn",
      value: policyOf("AmazonEKSClusterAdminPolicy"),
      found: 'AmazonEKSClusterAdminPolicy, where accessScope.type is "namespace"',
    },
  },
  () => {
    it("forbids a binding to cluster-admin, and one of the group that nothing is denied to", async () => {
      const binding = {
        urn: "urn:pulumi:home::k8s-test::b::admin",
        type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
        name: "admin",
        inputs: {
          roleRef: { kind: "ClusterRole", name: "cluster-admin" },
          subjects: [{ kind: "Group", name: "system:masters" }],
        },
      };
      const findings = await judge(accessPolicyNarrow, [binding]);
      assert.deepEqual(
        findings.map(({ found }) => found),
        ["roleRef.name is cluster-admin", "system:masters is among the subjects"],
      );
    });

    it("forbids to change everything by a role that Kubernetes brings along, and rights for everybody", async () => {
      const binding = {
        urn: "urn:pulumi:home::k8s-test::b::edit",
        type: "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
        name: "edit",
        inputs: {
          roleRef: { kind: "ClusterRole", name: "edit" },
          subjects: [{ kind: "Group", name: "system:unauthenticated" }],
        },
      };
      const found = async (type: string): Promise<string[]> =>
        (await judge(accessPolicyNarrow, [{ ...binding, type }])).map((finding) => finding.found);
      assert.deepEqual(await found(binding.type), [
        "roleRef.name is edit",
        "system:unauthenticated is among the subjects",
      ]);
      // In one namespace it is what ci may have.
      assert.deepEqual(await found("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding"), [
        "system:unauthenticated is among the subjects",
      ]);
    });
  },
);
