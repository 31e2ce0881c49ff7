import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { LivePlatform } from "../../../components/live/livePlatform";
import type { LivePlatformArgs } from "../../../components/live/livePlatformArgs";
import { versions } from "../../../versions";
import { apiStandIn, type ApiStandIn } from "../../support/apiStandIn";
import { liveMocks } from "../../support/live";
import {
  at,
  only,
  runProgram,
  type ProgramResult,
  type RegisteredResource,
} from "../../support/program";

const ARGS: LivePlatformArgs = {
  region: "eu-central-1",
  accountId: "123456789012",
  clusterName: "blue",
  host: "httpbin.example.com",
  network: {
    cidr: "10.80.0.0/16",
    zones: 2,
    nat: "perZone",
    interfaceEndpoints: [],
    publicSubnetIds: [],
    privateSubnetIds: [],
  },
  cluster: { version: "1.36", logRetentionDays: 90, deletionProtection: true },
  nodes: {
    instanceTypes: ["t4g.medium"],
    image: "bottlerocket",
    capacityType: "ON_DEMAND",
    minSize: 2,
    maxSize: 4,
    desiredSize: 2,
    diskGiB: 20,
    maxUnavailable: 1,
  },
  addons: versions.eksAddons,
  access: { admins: [], readers: [], ci: [], previews: [] },
  tailnet: {
    name: "-",
    oauthClientId: "client",
    tag: "tag:router",
    size: 1,
    instanceType: "t4g.nano",
    approval: "manual",
    splitDns: false,
    waitSeconds: 600,
  },
  tailscaleOauthSecret: pulumi.secret("hunter2"),
  loadBalancer: {
    scheme: "internal",
    hostedZoneId: "Z1",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    idleTimeoutSeconds: 60,
    allowedCidrs: [],
  },
};

const KUBERNETES = "pulumi:providers:kubernetes";

describe("LivePlatform", () => {
  let api: ApiStandIn;
  let result: ProgramResult;

  function runPlatform(args: Partial<LivePlatformArgs> = {}): Promise<ProgramResult> {
    return runProgram(async () => {
      const platform = await LivePlatform.create("live", { ...ARGS, ...args });
      platform.publish("httpbin", {
        host: "httpbin.example.com",
        namespace: "httpbin",
        address: pulumi.output("k8s-1.eu-central-1.elb.amazonaws.com"),
      });
      const { peers, annotations } = platform.ingressProfile();
      const address = pulumi.output("k8s-1.eu-central-1.elb.amazonaws.com");
      const trigger = platform.requestsTrigger("httpbin", { namespace: "httpbin", address });
      return {
        ...platform.outputs,
        prerequisites: platform.prerequisites.length,
        dimensions: trigger.metadata["dimensionValue"],
        peers: pulumi.output(peers),
        certificateArn: pulumi.output(annotations["alb.ingress.kubernetes.io/certificate-arn"]),
      };
    }, liveMocks(api));
  }

  before(async () => {
    api = await apiStandIn();
    result = await runPlatform();
  });
  after(() => api.close());

  /** What a resource waits for, and what that waits for, to the last. */
  function everythingBefore(resource: RegisteredResource): Set<string> {
    const found = new Set<string>();
    const add = (urns: string[]): void => {
      for (const urn of urns) {
        if (found.has(urn)) continue;
        found.add(urn);
        const next = result.resources.find((other) => other.urn === urn);
        if (next === undefined) continue;
        add(next.dependencies);
        // A dependency on a component is one on all that is in it.
        add(result.resources.filter(({ parent }) => parent === urn).map((child) => child.urn));
      }
    };
    add(resource.dependencies);
    return found;
  }

  it("hands the tailnet's secret to no resource but the provider", () => {
    const provider = only(result, "pulumi:providers:tailscale");
    const others = result.resources.filter(({ urn }) => urn !== provider.urn);
    assert.doesNotMatch(JSON.stringify(others.map(({ inputs }) => inputs)), /hunter2/);
  });

  it("makes everything in AWS and in the tailnet through its two providers", () => {
    const providers = {
      aws: `${only(result, "pulumi:providers:aws").urn}::live-id`,
      tailscale: `${only(result, "pulumi:providers:tailscale").urn}::live-id`,
    };
    for (const cloud of ["aws", "tailscale"] as const) {
      const made = result.resources.filter(({ type }) => type.startsWith(`${cloud}:`));
      assert.ok(made.length > 0);
      for (const { type, name, provider } of made) {
        assert.equal(provider, providers[cloud], `${type} ${name}`);
      }
    }
  });

  it("has asked the API before anything is made on the cluster", () => {
    assert.deepEqual([...new Set(api.requests.map(({ url }) => url))], ["/readyz"]);
    const { clusters } = JSON.parse(String(at(only(result, KUBERNETES), "kubeconfig"))) as {
      clusters: { cluster: { server: string } }[];
    };
    assert.equal(clusters[0]?.cluster.server, api.endpoint);
  });

  it("knows the cluster by its ARN, so that a new kubeconfig replaces nothing", () => {
    const provider = only(result, KUBERNETES);
    assert.equal(
      at(provider, "clusterIdentifier"),
      "arn:aws:eks:eu-central-1:123456789012:cluster/blue",
    );
    assert.equal(at(provider, "enableServerSideApply"), "true");
  });

  it("makes on the cluster nothing before the whole way to it, and deletes it before", () => {
    const before = everythingBefore(only(result, KUBERNETES));
    for (const [type, name] of [
      ["aws:eks/accessEntry:AccessEntry", "live-access-deployer"],
      ["aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "live-access-deployer"],
      ["aws:autoscaling/group:Group", "live-tailnet-router"],
      ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "live-tailnet-router"],
      ["aws:ec2/route:Route", "live-network-private-0"],
      ["aws:eks/nodeGroup:NodeGroup", "live-nodes"],
      ["eks:index:Cluster", "live-cluster"],
    ] as const) {
      assert.ok(before.has(only(result, type, name).urn), `${type} ${name}`);
    }
  });

  it("has nodes after what they need to become Ready, and pods of EKS's own after nodes", () => {
    const nodes = only(result, "aws:eks/nodeGroup:NodeGroup");
    const addon = (name: string): RegisteredResource => only(result, "aws:eks/addon:Addon", name);
    for (const name of ["vpc-cni", "pod-identity-agent", "kube-proxy"]) {
      assert.ok(everythingBefore(nodes).has(addon(`live-node-addons-${name}`).urn), name);
    }
    for (const name of ["coredns", "metrics-server"]) {
      assert.ok(everythingBefore(addon(`live-addons-${name}`)).has(nodes.urn), name);
    }
  });

  it("installs the load balancer controller on nodes that resolve names", () => {
    const release = only(result, "kubernetes:helm.sh/v3:Release");
    const before = everythingBefore(release);
    assert.ok(before.has(only(result, "aws:eks/addon:Addon", "live-addons-coredns").urn));
    assert.equal(release.provider, `${only(result, KUBERNETES).urn}::live-id`);
  });

  it("gives its rights to the role of who runs it, or to whom is named", async () => {
    const deployer = (run: ProgramResult): unknown =>
      at(only(run, "aws:eks/accessEntry:AccessEntry", "live-access-deployer"), "principalArn");
    assert.match(String(deployer(result)), /^arn:aws:iam::123456789012:(?:role|user)\//);
    const named = "arn:aws:iam::123456789012:role/deployer";
    assert.equal(deployer(await runPlatform({ deployerRoleArn: named })), named);
  });

  it("proves a certificate and makes the host's record in the zone", () => {
    const validation = only(result, "aws:acm/certificateValidation:CertificateValidation");
    assert.equal(result.outputs["certificateArn"], at(validation, "certificateArn"));
    const record = only(result, "aws:route53/record:Record", "httpbin");
    assert.equal(at(record, "name"), "httpbin.example.com");
  });

  it("takes a certificate that is given, and leaves DNS alone where it knows no zone", async () => {
    const loadBalancer = Object.fromEntries(
      Object.entries(ARGS.loadBalancer).filter(([key]) => key !== "hostedZoneId"),
    ) as unknown as LivePlatformArgs["loadBalancer"];
    const given = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d";
    const run = await runPlatform({ loadBalancer: { ...loadBalancer, certificateArn: given } });
    assert.equal(run.outputs["certificateArn"], given);
    assert.ok(!run.resources.some(({ type }) => /acm|route53/.test(type)));
  });

  it("makes KEDA with its rights on the cluster, after its nodes, and wants it before an app", async () => {
    const run = await runPlatform({ monitoring: { kedaNamespace: "keda" } });
    const release = only(run, "kubernetes:helm.sh/v3:Release", "live-monitoring-keda");
    const association = only(
      run,
      "aws:eks/podIdentityAssociation:PodIdentityAssociation",
      "live-monitoring-keda-access",
    );
    assert.ok(release.dependencies.includes(association.urn));
    assert.equal(release.provider, `${only(run, KUBERNETES).urn}::live-id`);
    assert.equal(run.outputs["prerequisites"], (result.outputs["prerequisites"] as number) + 3);
  });

  it("finds what counts requests, by load balancer and target group", () => {
    const { dimensions } = result.outputs;
    assert.match(
      String(dimensions),
      /^app\/[\w-]+\/[0-9a-f]{16};targetgroup\/[\w-]+\/[0-9a-f]{16}$/,
    );
  });

  it("lets load balancers in from the subnets of their scheme alone", async () => {
    const blocks = (...cidrs: string[]): object[] => cidrs.map((cidr) => ({ ipBlock: { cidr } }));
    assert.deepEqual(result.outputs["peers"], blocks("10.80.0.0/19", "10.80.64.0/19"));
    const open = await runPlatform({
      loadBalancer: { ...ARGS.loadBalancer, scheme: "internet-facing" },
    });
    assert.deepEqual(open.outputs["peers"], blocks("10.80.32.0/22", "10.80.96.0/22"));
  });

  it("uses a network that is there, and makes none", async () => {
    const run = await runPlatform({
      network: {
        ...ARGS.network,
        vpcId: "vpc-0123456789abcdef0",
        publicSubnetIds: [],
        privateSubnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      },
    });
    assert.ok(!run.resources.some(({ type }) => type === "aws:ec2/vpc:Vpc"));
    assert.equal(run.outputs["vpcId"], "vpc-0123456789abcdef0");
    assert.deepEqual(at(only(run, "eks:index:Cluster"), "privateSubnetIds"), [
      "subnet-0123456789abcdef0",
      "subnet-0123456789abcdef1",
    ]);
  });

  it("tells how to reach the cluster, and what the tailnet must allow", () => {
    assert.equal(
      result.outputs["kubeconfigCommand"],
      "aws eks update-kubeconfig --region eu-central-1 --name blue",
    );
    assert.equal(result.outputs["clusterName"], "blue");
    assert.match(String(result.outputs["tailnetPolicySnippet"]), /10\.80\.0\.0\/16/);
  });

  it("opens nothing to the internet", () => {
    for (const { type, name, inputs } of result.resources) {
      if (!type.includes("IngressRule")) continue;
      assert.ok(!JSON.stringify(inputs).includes("0.0.0.0/0"), name);
    }
    const inline = result.resources.filter(
      ({ type }) => type === "aws:ec2/securityGroup:SecurityGroup",
    );
    for (const { name, inputs } of inline) assert.ok(!("ingress" in inputs), name);
  });
});
