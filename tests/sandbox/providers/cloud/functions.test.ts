import { deepStrictEqual, match, rejects, strictEqual } from "node:assert";

import { mockCall } from "../../../../sandbox/providers/cloud/mocks";
import { textAt } from "../../../../sandbox/providers/skeleton/json";
import { Cloud } from "../../../support/cloud";
import { makeCluster, makeNetwork } from "../../../support/cloudNetwork";

describe("The functions of an offline cloud", () => {
  let cloud: Cloud;

  before(async () => {
    cloud = await Cloud.create();
    cloud.configure();
  });

  after(() => cloud.remove());

  it("find what is in the world", async () => {
    const network = await makeNetwork(cloud);
    const vpc = await cloud.call("aws:ec2/getVpc:getVpc", { id: network.vpc.id });
    strictEqual(vpc["cidrBlock"], "10.80.0.0/16");
    strictEqual(vpc["enableDnsHostnames"], false);
    const filters = [
      { name: "vpc-id", values: [network.vpc.id] },
      { name: "availability-zone", values: ["eu-central-1b"] },
    ];
    const { ids } = await cloud.call("aws:ec2/getSubnets:getSubnets", { filters });
    deepStrictEqual(ids, [network.privateSubnets[1]?.id]);
    const [id = ""] = ids as string[];
    const subnet = await cloud.call("aws:ec2/getSubnet:getSubnet", { id });
    strictEqual(subnet["cidrBlock"], "10.80.32.0/20");
    strictEqual(subnet["vpcId"], network.vpc.id);
    await makeCluster(cloud, network);
    const cluster = await cloud.call("aws:eks/getCluster:getCluster", { name: "live" });
    strictEqual(cluster["version"], "1.34");
    deepStrictEqual(cluster["accessConfigs"], [
      { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    ]);
  });

  it("say so where there is none", async () => {
    const id = "vpc-0123456789abcdef0";
    await rejects(cloud.call("aws:ec2/getVpc:getVpc", { id }), /no matching EC2 VPC found/);
    await rejects(cloud.call("aws:eks/getCluster:getCluster", { name: "x" }), /couldn't find/);
    await rejects(
      cloud.call("aws:ssm/getParameter:getParameter", { name: "/live/none" }),
      /ParameterNotFound/,
    );
  });

  it("make up what they are asked for where nothing can be known, for a preview", async () => {
    const preview = await Cloud.create();
    preview.configure({}, { K8S_TEST_CLOUD: "" });
    const id = "vpc-0123456789abcdef0";
    const vpc = await preview.call("aws:ec2/getVpc:getVpc", { id });
    strictEqual(vpc["id"], id);
    strictEqual(vpc["enableDnsSupport"], true);
    await preview.remove();
  });

  it("know the session that the program runs in, and the role behind it", () => {
    const caller = mockCall("aws:index/getCallerIdentity:getCallerIdentity", {});
    const arn = textAt(caller, "arn") ?? "";
    match(arn, /^arn:aws:sts::123456789012:assumed-role\/[\w-]+\/\w+$/);
    const context = mockCall("aws:iam/getSessionContext:getSessionContext", { arn });
    strictEqual(context["issuerArn"], "arn:aws:iam::123456789012:role/sandbox-deployer");
    const user = "arn:aws:iam::123456789012:user/anna";
    const ofUser = mockCall("aws:iam/getSessionContext:getSessionContext", { arn: user });
    strictEqual(ofUser["issuerArn"], user);
  });

  it("list the zones of the region that they are asked in", () => {
    const zones = mockCall("aws:index/getAvailabilityZones:getAvailabilityZones", {
      region: "us-east-2",
    });
    deepStrictEqual(zones["names"], ["us-east-2a", "us-east-2b", "us-east-2c"]);
    deepStrictEqual(zones["zoneIds"], ["use2-az1", "use2-az2", "use2-az3"]);
  });

  it("leave out the zones that are not wanted, by their ids", () => {
    const zones = mockCall("aws:index/getAvailabilityZones:getAvailabilityZones", {
      region: "us-east-1",
      excludeZoneIds: ["use1-az3", "usw1-az2"],
    });
    const names = ["us-east-1a", "us-east-1b", "us-east-1d", "us-east-1e", "us-east-1f"];
    deepStrictEqual(zones["names"], names);
    deepStrictEqual(zones["zoneIds"], ["use1-az1", "use1-az2", "use1-az4", "use1-az5", "use1-az6"]);
  });

  it("know the hosted zone of load balancers", () => {
    const zone = mockCall("aws:lb/getHostedZoneId:getHostedZoneId", { region: "eu-central-1" });
    strictEqual(zone["id"], "Z215JYRZR1TBD5");
  });
});
