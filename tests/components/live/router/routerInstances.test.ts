import { strict as assert } from "node:assert";

import { routerInstances } from "../../../../components/live/router/routerInstances";
import { userData } from "../../../../components/live/router/userData";
import { versions } from "../../../../versions";
import { at, only, runProgram, type ProgramResult } from "../../../support/program";
import { ROUTER_OUTPUTS } from "../../../support/router";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:autoscaling/group:Group";

describe("routerInstances", () => {
  let result: ProgramResult;
  before(async () => {
    const args = {
      region: "eu-central-1",
      clusterName: "live",
      groupName: "live-tailnet-router",
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-1",
      profileArn: "arn:aws:iam::123456789012:instance-profile/router",
      parameterName: "/k8s-test/live/tailnet-router",
      hostnamePrefix: "live-eu-central-1-router-",
      tag: "tag:router",
      route: "10.80.0.0/16",
      size: 2,
      instanceType: "t4g.nano",
      waitSeconds: 600,
    };
    result = await runProgram(
      () => {
        routerInstances("router", args, {});
        return Promise.resolve({});
      },
      { outputs: ROUTER_OUTPUTS },
    );
  });

  it("boots the newest Amazon Linux 2023 for arm64, without a change of the stack", () => {
    assert.equal(
      at(only(result, TEMPLATE), "imageId"),
      "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
    );
    assert.equal(at(only(result, TEMPLATE), "instanceType"), "t4g.nano");
  });

  it("answers for its metadata with a session token only, and no further than the instance", () => {
    assert.deepEqual(at(only(result, TEMPLATE), "metadataOptions"), {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
  });

  it("encrypts its disk, which goes with it", () => {
    assert.deepEqual(at(only(result, TEMPLATE), "blockDeviceMappings"), [
      {
        deviceName: "/dev/xvda",
        ebs: { volumeType: "gp3", volumeSize: 8, encrypted: "true", deleteOnTermination: "true" },
      },
    ]);
  });

  it("has the cluster's name on instances and disks, by which costs are told apart", () => {
    const tags = { Name: "live-tailnet-router", Cluster: "live" };
    assert.deepEqual(at(only(result, TEMPLATE), "tagSpecifications"), [
      { resourceType: "volume", tags },
    ]);
    assert.deepEqual(at(only(result, GROUP), "tags"), [
      { key: "Name", value: "live-tailnet-router", propagateAtLaunch: true },
      { key: "Cluster", value: "live", propagateAtLaunch: true },
    ]);
  });

  it("has no address of the internet and no key to log in with", () => {
    const template = only(result, TEMPLATE);
    assert.deepEqual(at(template, "vpcSecurityGroupIds"), ["sg-1"]);
    assert.equal(at(template, "networkInterfaces"), undefined);
    assert.equal(at(template, "keyName"), undefined);
    assert.deepEqual(at(template, "iamInstanceProfile"), {
      arn: "arn:aws:iam::123456789012:instance-profile/router",
    });
  });

  it("boots with the pinned Tailscale, and the group's and the hook's names", () => {
    const encoded = at(only(result, TEMPLATE), "userData") as string;
    assert.equal(
      Buffer.from(encoded, "base64").toString("utf8"),
      userData({
        region: "eu-central-1",
        group: "live-tailnet-router",
        hook: at(only(result, GROUP), "initialLifecycleHooks.0.name") as string,
        parameter: "/k8s-test/live/tailnet-router",
        hostnamePrefix: "live-eu-central-1-router-",
        tag: "tag:router",
        route: "10.80.0.0/16",
        tailscaleVersion: versions.tailscale,
      }),
    );
    assert.equal(at(only(result, GROUP), "name"), "live-tailnet-router");
  });

  it("holds back each instance, the first one too, until it has joined; else gives it up", () => {
    assert.deepEqual(at(only(result, GROUP), "initialLifecycleHooks"), [
      {
        name: "joined-tailnet",
        lifecycleTransition: "autoscaling:EC2_INSTANCE_LAUNCHING",
        heartbeatTimeout: 300,
        defaultResult: "ABANDON",
      },
    ]);
  });

  it("waits for as many as there are to be, and as long as it is told", () => {
    const group = only(result, GROUP);
    assert.equal(at(group, "minSize"), 2);
    assert.equal(at(group, "maxSize"), 2);
    assert.equal(at(group, "waitForCapacityTimeout"), "600s");
    assert.deepEqual(at(group, "vpcZoneIdentifiers"), ["subnet-1", "subnet-2"]);
  });

  it("replaces them on a new template, one by one, the new one first", () => {
    const group = only(result, GROUP);
    assert.deepEqual(at(group, "launchTemplate"), { id: "router-id", version: "7" });
    assert.equal(at(group, "instanceRefresh.strategy"), "Rolling");
    const percentages = { minHealthyPercentage: 100, maxHealthyPercentage: 200 };
    assert.deepEqual(at(group, "instanceRefresh.preferences"), {
      ...percentages,
      instanceWarmup: "0",
    });
    assert.deepEqual(at(group, "instanceMaintenancePolicy"), percentages);
  });
});
