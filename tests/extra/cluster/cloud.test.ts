import { strict as assert } from "node:assert";
import { join } from "node:path";

import { readJournal } from "../../../sandbox/providers/cloud/world/journal";
import { World } from "../../../sandbox/providers/cloud/world/world";
import { at, textAt, type Json } from "../../../sandbox/providers/skeleton/json";
import { Engine } from "../../support/engine";
import { isOfKubernetes, stepsOf } from "../../support/engineSteps";
import { providerSuite } from "../../support/providerSuite";

const INGRESS = "/apis/networking.k8s.io/v1/namespaces/shop/ingresses/front";

/** Parts of a stack in the cloud: a cluster by `eks.Cluster`, and in it what an ALB needs. */
function program({ version = "1.35", zones = "public" } = {}): string {
  return `
    const aws = require("@pulumi/aws");
    const eks = require("@pulumi/eks");
    const cloud = new aws.Provider("cloud", {
      region: "eu-central-1", allowedAccountIds: ["123456789012"],
    });
    class Live extends pulumi.ComponentResource {
      constructor(opts) {
        super("test:index:Live", "live", {}, opts);
        const own = { parent: this };
        const vpc = new aws.ec2.Vpc("net", { cidrBlock: "10.80.0.0/16" }, own);
        const subnets = ["a", "b"].map((zone, index) => new aws.ec2.Subnet(zone, {
          vpcId: vpc.id, cidrBlock: "10.80." + index + ".0/24", availabilityZone: "eu-central-1" + zone,
          tags: { kind: "${zones}" },
        }, own));
        const role = new aws.iam.Role("role", { assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "sts:AssumeRole",
            Principal: { Service: "eks.amazonaws.com" } }],
        }) }, own);
        const policy = new aws.iam.RolePolicyAttachment("policy", {
          role: role.name, policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
        }, own);
        const logs = new aws.cloudwatch.LogGroup("logs", {
          name: "/aws/eks/live/cluster", retentionInDays: 90,
        }, own);
        this.cluster = new eks.Cluster("live", {
          name: "live", version: "${version}", vpcId: vpc.id,
          privateSubnetIds: subnets.map(({ id }) => id), serviceRole: role,
          authenticationMode: "API", endpointPrivateAccess: true, endpointPublicAccess: false,
          skipDefaultNodeGroup: true, skipDefaultSecurityGroups: true, useDefaultVpcCni: true,
          kubeProxyAddonOptions: { enabled: false },
        }, {
          ...own, dependsOn: [logs, policy],
          transforms: [({ type, props, opts }) => type === "aws:eks/cluster:Cluster"
            ? { opts, props: { ...props, accessConfig: { ...props.accessConfig,
                bootstrapClusterCreatorAdminPermissions: false } } }
            : undefined],
        });
        this.registerOutputs({});
      }
    }
    const { cluster } = new Live({ providers: [cloud] });
    const inside = { provider: new k8s.Provider("inside", {
      kubeconfig: cluster.kubeconfigJson, clusterIdentifier: cluster.eksCluster.arn,
    }) };
    const alb = new k8s.helm.v3.Release("alb", {
      name: "aws-load-balancer-controller", namespace: "kube-system",
      chart: "aws-load-balancer-controller", version: "1.13.4",
      repositoryOpts: { repo: "https://aws.github.io/eks-charts" },
      values: { clusterName: "live", region: "eu-central-1", vpcId: "vpc-1" },
    }, inside);
    const shop = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }, inside);
    const service = new k8s.core.v1.Service("front", {
      metadata: { name: "front", namespace: shop.metadata.name },
      spec: { ports: [{ port: 80 }] },
    }, inside);
    const ingress = new k8s.networking.v1.Ingress("front", {
      metadata: { name: "front", namespace: shop.metadata.name,
        annotations: { "alb.ingress.kubernetes.io/scheme": "internet-facing" } },
      spec: { ingressClassName: "alb",
        defaultBackend: { service: { name: service.metadata.name, port: { number: 80 } } } },
    }, { ...inside, dependsOn: alb });
    exports.endpoint = cluster.eksCluster.endpoint;
    exports.securityGroup = cluster.clusterSecurityGroupId;
    exports.address = ingress.status.loadBalancer.ingress[0].hostname;
  `;
}

describe("A program in the simulated cloud", () => {
  const suite = providerSuite();
  let engine: Engine;
  let world: World;

  before(async () => {
    engine = await Engine.create(suite.cluster, { cloud: true });
    world = new World(join(engine.folder, "cloud"));
    await engine.select("cloud");
  });
  after(() => engine.remove());

  const outputs = async (): Promise<Record<string, string>> =>
    JSON.parse(await engine.ok(["stack", "output", "--json"])) as Record<string, string>;
  const up = async (text: string): Promise<string> => {
    await engine.program(text);
    const { exitCode, output } = await engine.up();
    assert.equal(exitCode, 0, output);
    return output;
  };
  const cluster = (): Json => world.all("aws:eks/cluster:Cluster")[0]?.state ?? null;

  it("is previewed before there is anything", async () => {
    await engine.program(program());
    assert.match(await engine.ok(["preview"]), /\+ 18 to create/);
    assert.deepEqual(readJournal(world.folder), []);
  });

  it("gets a cluster whose API is the sandbox's own, and is let in as its administrator", async () => {
    await up(program());
    const { endpoint, securityGroup } = await outputs();
    assert.equal(endpoint, suite.cluster.serverUrl);
    assert.match(securityGroup ?? "", /^sg-/);
    assert.equal(textAt(await suite.get("/api/v1/namespaces/shop"), "status", "phase"), "Active");
  });

  it("has the component's children under its parent, as the program's transforms made them", async () => {
    const { urn } = await engine.resource("Cluster::live-eksCluster");
    assert.match(urn, /test:index:Live\$eks:index:Cluster\$aws:eks\/cluster:Cluster::/);
    const access = at(cluster(), "accessConfig");
    assert.equal(at(access, "bootstrapClusterCreatorAdminPermissions"), false);
    assert.match(textAt(cluster(), "roleArn") ?? "", /^arn:aws:iam::123456789012:role\/role-/);
  });

  it("gets the hostname of a load balancer, and what the chart brings", async () => {
    const { address } = await outputs();
    assert.match(address ?? "", /^k8s-shop-front-[0-9a-f]{10}-\d+\..*\.elb\.amazonaws\.com$/);
    assert.equal(textAt(await suite.get(INGRESS), "spec", "ingressClassName"), "alb");
    const kinds = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    const kind = await suite.get(`${kinds}/ingressclassparams.elbv2.k8s.aws`);
    assert.equal(textAt(kind, "spec", "names", "kind"), "IngressClassParams");
  });

  it("changes nothing when it is run again", async () => {
    assert.match(await up(program()), /Resources:\n +18 unchanged/);
  });

  it("takes the cluster to the next release in place", async () => {
    const steps = stepsOf(await up(program({ version: "1.36" })));
    const clusters = steps.filter(({ type }) => type === "aws:eks:Cluster");
    assert.deepEqual(
      clusters.map(({ what }) => what),
      ["updating", "updated"],
    );
    assert.equal(textAt(cluster(), "version"), "1.36");
    assert.deepEqual(steps.filter(isOfKubernetes), []);
  });

  it("refuses what the stand-in of the component does not do, in its own words", async () => {
    await engine.program(program().replace("useDefaultVpcCni: true,", "storageClasses: 'gp3',"));
    const { exitCode, output } = await engine.run(["preview"]);
    assert.notEqual(exitCode, 0);
    assert.match(output, /The offline stand-in of eks\.Cluster cannot make "live"/);
    assert.match(output, /useDefaultVpcCni: set it to true: else the add-on vpc-cni would be made/);
    assert.match(output, /storageClasses: the offline provider does not do this/);
  });

  it("goes whole, the cluster before its log group and its role", async () => {
    await engine.program(program({ version: "1.36" }));
    const steps = stepsOf(await engine.ok(["destroy", "--yes", "--skip-preview"]));
    const order = ["aws:eks:Cluster", "aws:cloudwatch:LogGroup", "aws:iam:Role"].map((type) =>
      steps.findIndex((step) => step.what.startsWith("delet") && step.type === type),
    );
    assert.ok(
      order.every((index) => index >= 0 && index >= (order[0] ?? 0)),
      order.join(),
    );
    assert.deepEqual(world.everything(), []);
    assert.equal(await suite.get("/api/v1/namespaces/shop"), undefined);
  });
});
