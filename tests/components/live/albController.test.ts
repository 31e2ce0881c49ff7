import { strict as assert } from "node:assert";

import * as kubernetes from "@pulumi/kubernetes";

import { AlbController } from "../../../components/live/albController";
import { albControllerPolicy } from "../../../components/live/albControllerPolicy";
import { versions } from "../../../versions";
import { awsCalls, awsOutputs } from "../../support/aws";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

describe("AlbController", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(
      () => {
        const provider = new kubernetes.Provider("cluster", { kubeconfig: "{}" });
        const controller = new AlbController(
          "alb",
          {
            clusterName: "blue",
            region: "eu-central-1",
            accountId: "123456789012",
            vpcId: "vpc-1",
          },
          { providers: [provider] },
        );
        return Promise.resolve({ ready: controller.ready.map(({ urn }) => urn) });
      },
      { calls: awsCalls, outputs: awsOutputs },
    );
  });

  it("is the pinned chart, awaited, or nothing at all", () => {
    const release = only(result, RELEASE);
    assert.equal(at(release, "chart"), "aws-load-balancer-controller");
    assert.equal(at(release, "version"), versions.albController);
    assert.equal(at(release, "namespace"), "kube-system");
    assert.equal(at(release, "atomic"), true);
    assert.equal(at(release, "skipAwait"), undefined);
    assert.match(release.provider, /::cluster::/);
  });

  it("is told where it is, asks no metadata service, and stands in nobody's way", () => {
    const values = at(only(result, RELEASE), "values") as Record<string, unknown>;
    assert.equal(values["clusterName"], "blue");
    assert.equal(values["region"], "eu-central-1");
    assert.equal(values["vpcId"], "vpc-1");
    assert.equal(values["enableServiceMutatorWebhook"], false);
    assert.equal(values["replicaCount"], 2);
  });

  it("adds to the chart what Pod Security restricted asks for besides", () => {
    const release = only(result, RELEASE);
    assert.deepEqual(at(release, "values.podSecurityContext"), {
      seccompProfile: { type: "RuntimeDefault" },
    });
    assert.deepEqual(at(release, "values.securityContext"), { capabilities: { drop: ["ALL"] } });
  });

  it("has rights of its own alone, which its pods find when they start", () => {
    const association = only(result, ASSOCIATION);
    assert.deepEqual(association.inputs, {
      clusterName: "blue",
      namespace: "kube-system",
      serviceAccount: "aws-load-balancer-controller",
      roleArn: "arn:aws:iam::123456789012:role/alb-role",
    });
    const release = only(result, RELEASE);
    assert.deepEqual(at(release, "values.serviceAccount"), {
      create: true,
      name: "aws-load-balancer-controller",
    });
    const policy = only(result, "aws:iam/rolePolicy:RolePolicy");
    assert.ok(release.dependencies.includes(association.urn));
    assert.ok(release.dependencies.includes(policy.urn));
    assert.deepEqual(
      JSON.parse(String(at(policy, "policy"))),
      albControllerPolicy({
        partition: "aws",
        region: "eu-central-1",
        accountId: "123456789012",
        clusterName: "blue",
        vpcId: "vpc-1",
      }),
    );
  });

  it("is there until the last of what it needs to clean up after itself is", () => {
    assert.deepEqual(result.outputs["ready"], [
      only(result, "aws:iam/rolePolicy:RolePolicy").urn,
      only(result, ASSOCIATION).urn,
      only(result, RELEASE).urn,
    ]);
  });
});
