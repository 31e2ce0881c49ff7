import { strict as assert } from "node:assert";

import { message, stackOf } from "../../policy/message";
import { apiPrivate } from "../../policy/rules/apiPrivate";

const URN =
  "urn:pulumi:live::k8s-test::k8s-test:live:LivePlatform$aws:eks/cluster:Cluster::live-eksCluster";

describe("the message of a violation", () => {
  it("names the rule, the resource, what was found, what is allowed, why, and what mends it", () => {
    const resource = {
      urn: URN,
      type: "aws:eks/cluster:Cluster",
      name: "live-eksCluster",
      inputs: {},
    };
    assert.equal(
      message(apiPrivate, resource, "vpcConfig.endpointPublicAccess is true"),
      [
        'aws:eks/cluster:Cluster "live-eksCluster" breaks the rule api-private (CIS EKS 1.7: 5.4.1, 5.4.2).',
        "  found:   vpcConfig.endpointPublicAccess is true",
        "  allowed: endpointPublicAccess false and endpointPrivateAccess true",
        "  why:     a public endpoint can be tried by everybody, with whatever hole is found next",
        "  mend:    set both so where the cluster is made: components/live/privateCluster.ts",
      ].join("\n"),
    );
  });

  it("knows the stack by the URN", () => {
    assert.equal(stackOf(URN), "live");
    assert.equal(stackOf("nothing"), "");
  });
});
