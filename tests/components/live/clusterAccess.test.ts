import { strict as assert } from "node:assert";

import { ClusterAccess, type ClusterAccessArgs } from "../../../components/live/clusterAccess";
import { awsCalls } from "../../support/aws";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const ROLE = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;
const ENTRY = "aws:eks/accessEntry:AccessEntry";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";

function runAccess(args: Partial<ClusterAccessArgs> = {}): Promise<ProgramResult> {
  return runProgram(
    () => {
      const access = new ClusterAccess("access", {
        clusterName: "blue",
        deployerArn: ROLE("deployer"),
        admins: [],
        readers: [],
        ci: [],
        previews: [],
        ...args,
      });
      return Promise.resolve({ ready: access.ready.map(({ urn }) => urn) });
    },
    { calls: awsCalls },
  );
}

/** Who may do what, by principal. */
function rights(result: ProgramResult): Record<string, unknown> {
  const associations = result.resources.filter(({ type }) => type === ASSOCIATION);
  const entries = associations.map((association): [string, unknown] => [
    String(at(association, "principalArn")).split(":").at(-1) ?? "",
    [String(at(association, "policyArn")).split("/").at(-1), at(association, "accessScope")],
  ]);
  return Object.fromEntries(entries);
}

describe("ClusterAccess", () => {
  it("lets the deployer do everything, by an entry and a policy", async () => {
    const result = await runAccess();
    assert.deepEqual(only(result, ENTRY).inputs, {
      clusterName: "blue",
      principalArn: ROLE("deployer"),
      type: "STANDARD",
    });
    assert.deepEqual(only(result, ASSOCIATION).inputs, {
      clusterName: "blue",
      principalArn: ROLE("deployer"),
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    });
    assert.deepEqual(result.outputs["ready"], [
      only(result, ENTRY).urn,
      only(result, ASSOCIATION).urn,
    ]);
  });

  it("gives admins everything, readers a look, and CI some namespaces", async () => {
    const result = await runAccess({
      admins: [ROLE("admin"), "arn:aws:iam::123456789012:user/anna"],
      readers: [ROLE("reader")],
      ci: [{ principalArn: ROLE("ci"), namespaces: ["httpbin"] }],
    });
    const everywhere = { type: "cluster" };
    assert.deepEqual(rights(result), {
      "role/deployer": ["AmazonEKSClusterAdminPolicy", everywhere],
      "role/admin": ["AmazonEKSClusterAdminPolicy", everywhere],
      "user/anna": ["AmazonEKSClusterAdminPolicy", everywhere],
      "role/reader": ["AmazonEKSViewPolicy", everywhere],
      "role/ci": ["AmazonEKSEditPolicy", { type: "namespace", namespaces: ["httpbin"] }],
    });
    const entries = result.resources.filter(({ type }) => type === ENTRY);
    const named = entries.map((entry) => String(at(entry, "principalArn")).split(":").at(-1));
    assert.deepEqual(named.sort(), Object.keys(rights(result)).sort());
  });

  it("puts those who preview into a group, and gives them no policy of EKS'", async () => {
    const result = await runAccess({ previews: [ROLE("preview")] });
    assert.deepEqual(only(result, ENTRY, "access-role/preview").inputs, {
      clusterName: "blue",
      principalArn: ROLE("preview"),
      type: "STANDARD",
      kubernetesGroups: ["k8s-test-previews"],
    });
    assert.deepEqual(Object.keys(rights(result)), ["role/deployer"]);
  });

  it("associates no policy before its entry is there", async () => {
    const result = await runAccess({ admins: [ROLE("admin")] });
    for (const name of ["access-deployer", "access-role/admin"]) {
      const entry = only(result, ENTRY, name);
      assert.ok(only(result, ASSOCIATION, name).dependencies.includes(entry.urn), name);
    }
  });
});
