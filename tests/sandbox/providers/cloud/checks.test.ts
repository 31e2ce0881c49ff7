import { deepStrictEqual, match, rejects, strictEqual, throws } from "node:assert";

import { textAt, type JsonObject } from "../../../../sandbox/providers/skeleton/json";
import { UNKNOWN } from "../../../../sandbox/providers/skeleton/properties";
import { Cloud } from "../../../support/cloud";
import { makeCluster, makeNetwork, makeRole } from "../../../support/cloudNetwork";

describe("What an offline cloud refuses", () => {
  let cloud: Cloud;

  before(async () => {
    cloud = await Cloud.create();
    cloud.configure();
  });

  after(() => cloud.remove());

  const policy = (...statements: JsonObject[]): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: statements });
  const allow = { Effect: "Allow", Action: "ssm:GetParameter", Resource: "*" };

  const refused: readonly [what: string, type: string, inputs: JsonObject, why: RegExp][] = [
    [
      "a misspelt input",
      "aws:ec2/vpc:Vpc",
      { cidrBlok: "10.0.0.0/16" },
      /cidrBlok: there is no such input/,
    ],
    ["a missing input", "aws:ec2/routeTable:RouteTable", {}, /vpcId: is required/],
    [
      "a range with host bits",
      "aws:ec2/vpc:Vpc",
      { cidrBlock: "10.80.1.0/16" },
      /host bits.*10\.80\.0\.0\/16/,
    ],
    [
      "a range that is too large",
      "aws:ec2/vpc:Vpc",
      { cidrBlock: "10.0.0.0/8" },
      /from \/16 to \/28/,
    ],
    ["no range at all", "aws:ec2/vpc:Vpc", { cidrBlock: "10.80" }, /no IPv4 range/],
    [
      "a policy that is no JSON",
      "aws:iam/policy:Policy",
      { policy: "{" },
      /MalformedPolicyDocument.*no JSON/,
    ],
    [
      "a policy without an effect",
      "aws:iam/policy:Policy",
      { policy: policy({ Action: "a" }) },
      /statement 0/,
    ],
    [
      "a policy that is too long",
      "aws:iam/policy:Policy",
      { policy: policy({ ...allow, Action: "a".repeat(6145) }) },
      /LimitExceeded: \d+ characters, and IAM takes 6144/,
    ],
    ["trust in nobody", "aws:iam/role:Role", { assumeRolePolicy: policy(allow) }, /Principal/],
    [
      "a retention that CloudWatch has not",
      "aws:cloudwatch/logGroup:LogGroup",
      { retentionInDays: 91 },
      /91 is none of/,
    ],
    [
      "an alias without its prefix",
      "aws:kms/alias:Alias",
      { name: "live", targetKeyId: "k" },
      /alias\//,
    ],
    [
      "user data that is not base64",
      "aws:ec2/launchTemplate:LaunchTemplate",
      { userData: "#!/bin/sh" },
      /base64/,
    ],
    [
      "an access entry of an assumed role",
      "aws:eks/accessEntry:AccessEntry",
      { clusterName: "live", principalArn: "arn:aws:sts::123456789012:assumed-role/a/b" },
      /no ARN of an IAM role or user/,
    ],
    [
      "access to no namespace",
      "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
      {
        clusterName: "live",
        principalArn: "arn:aws:iam::123456789012:role/a",
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSEditPolicy",
        accessScope: { type: "namespace" },
      },
      /names none/,
    ],
    [
      "keys for devices without tags",
      "tailscale:index/oauthClient:OauthClient",
      { scopes: ["auth_keys"] },
      /tags/,
    ],
    [
      "a rule of two peers",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
      { securityGroupId: "sg-1", ipProtocol: "tcp", cidrIpv4: "10.0.0.0/8", prefixListId: "pl-1" },
      /exactly one of/,
    ],
    [
      "a record of nothing",
      "aws:route53/record:Record",
      { name: "a.test", type: "A", zoneId: "Z1" },
      /aliases/,
    ],
    ["a type that it does not have", "aws:s3/bucket:Bucket", {}, /no aws:s3\/bucket:Bucket/],
  ];
  for (const [what, type, inputs, why] of refused) {
    it(`is ${what}`, async () => {
      await rejects(cloud.check(type, "one", inputs), why);
    });
  }

  it("is not what is unknown as yet", async () => {
    const unknown = await cloud.check("aws:iam/policy:Policy", "one", { policy: UNKNOWN });
    strictEqual(unknown.values["policy"], UNKNOWN);
  });

  it("is an unknown setting of a provider, and another account", () => {
    const provider = cloud.of("aws:");
    const { failures } = provider.checkConfig({
      values: { region: "eu-central-1", regoin: "x", version: "7.48.0" },
      secrets: [],
    });
    deepStrictEqual(
      failures.map(({ property }) => property),
      ["regoin"],
    );
    const settings = (values: JsonObject) => () => {
      provider.configure({ values: { region: "eu-central-1", ...values }, secrets: [] });
    };
    throws(settings({ allowedAccountIds: '["210987654321"]' }), /not allowed: 123456789012/);
    settings({ allowedAccountIds: '["123456789012"]' })();
  });

  it("is an aws provider without a region", () => {
    const other = cloud.of("aws:");
    throws(() => {
      other.configure({ values: {}, secrets: [] });
    }, /no region/);
  });

  it("is a function with a misspelt argument, or one that it does not answer", async () => {
    await rejects(
      cloud.call("aws:ec2/getVpc:getVpc", { ID: "vpc-1" }),
      /ID there is no such input/,
    );
    await rejects(cloud.call("aws:s3/getBucket:getBucket"), /do not answer aws:s3\/getBucket/);
  });
});

describe("What an offline cloud refuses for what is there", () => {
  let cloud: Cloud;

  beforeEach(async () => {
    cloud = await Cloud.create();
    cloud.configure();
  });

  afterEach(() => cloud.remove());

  it("is a reference to nothing", async () => {
    const vpcId = "vpc-0123456789abcdef0";
    await rejects(
      cloud.make("aws:ec2/routeTable:RouteTable", "one", { vpcId }),
      /InvalidVpcID\.NotFound: The vpc ID 'vpc-0123456789abcdef0' does not exist/,
    );
    await rejects(
      cloud.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "one", {
        role: "nobody",
        policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
      }),
      /NoSuchEntity: The role with name nobody/,
    );
    deepStrictEqual(cloud.journal, []);
  });

  it("is a subnet outside of its network, or over another one", async () => {
    const { id: vpcId } = await cloud.make("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.80.0.0/16" });
    const subnet = (name: string, cidrBlock: string): Promise<unknown> =>
      cloud.make("aws:ec2/subnet:Subnet", name, { vpcId, cidrBlock });
    await subnet("a", "10.80.0.0/20");
    await rejects(subnet("b", "10.81.0.0/20"), /InvalidSubnet\.Range/);
    await rejects(subnet("c", "10.80.8.0/21"), /InvalidSubnet\.Conflict.*10\.80\.0\.0\/20/);
    await subnet("d", "10.80.16.0/20");
  });

  it("is not the security group or the route table that came with something else", async () => {
    const network = await makeNetwork(cloud);
    const cluster = await makeCluster(cloud, network);
    const config = cluster.state.values["vpcConfig"] as JsonObject;
    await cloud.make("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "api", {
      securityGroupId: config["clusterSecurityGroupId"] ?? "",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.80.0.0/16",
    });
    const { id } = await cloud.make("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "closed", {
      vpcId: network.vpc.id,
    });
    strictEqual(id, network.vpc.state.values["defaultSecurityGroupId"]);
  });

  it("is a policy association before its access entry", async () => {
    const cluster = await makeCluster(cloud, await makeNetwork(cloud));
    const principalArn = "arn:aws:iam::123456789012:role/admin";
    const association = {
      clusterName: cluster.id,
      principalArn,
      policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
      accessScope: { type: "cluster" },
    };
    const type = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
    await rejects(cloud.make(type, "admin", association), /has no access entry/);
    await cloud.make("aws:eks/accessEntry:AccessEntry", "admin", {
      clusterName: cluster.id,
      principalArn,
    });
    await cloud.make(type, "admin", association);
  });

  it("is a cluster in one zone, and a step of more than one version", async () => {
    const network = await makeNetwork(cloud);
    const [first] = network.privateSubnets;
    const vpcConfig = { subnetIds: [first?.id ?? ""] };
    const role = await makeRole(cloud, "cluster");
    const roleArn = role.state.values["arn"] ?? "";
    const inOneZone = makeCluster(cloud, network, { roleArn, vpcConfig });
    await rejects(inOneZone, /at least two different AZs/);
    const cluster = await makeCluster(cloud, network, { roleArn });
    const at = (version: string): JsonObject => ({ ...cluster.inputs.values, version });
    const type = "aws:eks/cluster:Cluster";
    deepStrictEqual((await cloud.diff(cluster, at("1.35"))).replaces, []);
    const updated = await cloud.make(type, "cluster", at("1.35"), { before: cluster });
    strictEqual(updated.state.values["version"], "1.35");
    await rejects(
      cloud.make(type, "cluster", at("1.37"), { before: updated }),
      /minor version update from 1\.35 to 1\.37/,
    );
  });

  it("is a certificate that nothing proves", async () => {
    const certificate = await cloud.make("aws:acm/certificate:Certificate", "app", {
      domainName: "app.live.test",
      validationMethod: "DNS",
    });
    const [option] = certificate.state.values["domainValidationOptions"] as JsonObject[];
    const validate = (): Promise<unknown> =>
      cloud.make("aws:acm/certificateValidation:CertificateValidation", "app", {
        certificateArn: certificate.id,
      });
    await rejects(validate(), /waiting for state to become 'ISSUED': there is no record _\w+\.app/);
    const name = textAt(option, "resourceRecordName") ?? "";
    match(name, /^_[0-9a-f]{32}\.app\.live\.test\.$/);
    await cloud.make("aws:route53/record:Record", "proof", {
      zoneId: "Z1",
      name,
      type: "CNAME",
      ttl: 60,
      records: [textAt(option, "resourceRecordValue") ?? ""],
    });
    await validate();
  });

  it("is a route table association that a subnet has already", async () => {
    const { table, privateSubnets } = await makeNetwork(cloud);
    await rejects(
      cloud.make("aws:ec2/routeTableAssociation:RouteTableAssociation", "twice", {
        routeTableId: table.id,
        subnetId: privateSubnets[0]?.id ?? "",
      }),
      /Resource\.AlreadyAssociated/,
    );
  });
});
