import { strict as assert } from "node:assert";

import { isOfKubernetes, stepsOf } from "./engineSteps";

const OUTPUT = `Updating (live):

@ updating....
 +  aws:eks:Cluster live-eksCluster creating (0s)
 +  aws:eks:Cluster live-eksCluster created (0.01s)
 +  kubernetes:networking.k8s.io/v1:Ingress httpbin creating (0s)
 +  kubernetes:networking.k8s.io/v1:Ingress httpbin creating (0s) waiting for an address of the ingress
 +  kubernetes:networking.k8s.io/v1:Ingress httpbin created (0.98s) ready
 +- aws:eks:NodeGroup nodes replacing (0s) [diff: ~instanceTypes]
 -  aws:ec2:Vpc live deleted (0.04s)
 +  pulumi:pulumi:Stack k8s-test-live created (8s) 1 warning
Diagnostics:
  kubernetes:helm.sh/v3:Release (alb):
    warning: created (by hand)
`;

describe("stepsOf", () => {
  it("reads what was begun and ended, in its order, each once", () => {
    assert.deepEqual(
      stepsOf(OUTPUT).map(({ what, type, name }) => `${what} ${type} ${name}`),
      [
        "creating aws:eks:Cluster live-eksCluster",
        "created aws:eks:Cluster live-eksCluster",
        "creating kubernetes:networking.k8s.io/v1:Ingress httpbin",
        "created kubernetes:networking.k8s.io/v1:Ingress httpbin",
        "replacing aws:eks:NodeGroup nodes",
        "deleted aws:ec2:Vpc live",
        "created pulumi:pulumi:Stack k8s-test-live",
      ],
    );
  });

  it("tells an object of Kubernetes from what leads there", () => {
    const types = ["kubernetes:core/v1:Namespace", "pulumi:providers:kubernetes", "aws:eks:Addon"];
    assert.deepEqual(
      types.map((type) => isOfKubernetes({ what: "created", type, name: "x" })),
      [true, false, false],
    );
  });
});
