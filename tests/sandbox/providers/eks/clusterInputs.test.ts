import { strict as assert } from "node:assert";

import { inputProblems } from "../../../../sandbox/providers/eks/clusterInputs";
import { INPUTS } from "./inputs";

describe("inputProblems", () => {
  it("finds nothing wrong where only the cluster itself is to be made", () => {
    assert.deepEqual(inputProblems(INPUTS), []);
  });

  it("takes the defaults that the SDK adds to an add-on's options", () => {
    const options = { enabled: false, resolveConflictsOnCreate: "OVERWRITE" };
    assert.deepEqual(inputProblems({ ...INPUTS, kubeProxyAddonOptions: options }), []);
  });

  it("refuses by its name what it does not do", () => {
    assert.deepEqual(inputProblems({ ...INPUTS, storageClasses: "gp3", gpu: true }), [
      "storageClasses: the offline provider does not do this; leave it out",
      "gpu: the offline provider does not do this; leave it out",
    ]);
  });

  for (const key of [
    "skipDefaultNodeGroup",
    "skipDefaultSecurityGroups",
    "useDefaultVpcCni",
    "kubeProxyAddonOptions",
    "endpointPublicAccess",
    "authenticationMode",
    "serviceRole",
    "vpcId",
  ]) {
    it(`demands ${key}: without it the official one makes more than the cluster`, () => {
      const others = Object.entries(INPUTS).filter(([other]) => other !== key);
      const problems = inputProblems(Object.fromEntries(others));
      assert.equal(problems.length, 1);
      assert.ok(problems[0]?.startsWith(`${key}: `), problems[0]);
    });
  }

  it("refuses a public endpoint, other add-ons and an OIDC provider", () => {
    const more = { corednsAddonOptions: { enabled: true }, createOidcProvider: true };
    assert.deepEqual(
      inputProblems({ ...INPUTS, ...more, endpointPublicAccess: true }).map(
        (problem) => problem.split(":")[0],
      ),
      ["endpointPublicAccess", "corednsAddonOptions", "createOidcProvider"],
    );
  });

  it("refuses two ways of naming the subnets at once, as the official one does", () => {
    assert.deepEqual(inputProblems({ ...INPUTS, subnetIds: ["subnet-1"] }), [
      "subnetIds: give either this, or publicSubnetIds and privateSubnetIds",
    ]);
  });
});
