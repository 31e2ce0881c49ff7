import * as iam from "@pulumi/aws/iam";
import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { IngressProfile } from "../httpbin/ingressProfile";
import type { RequestsTrigger } from "../httpbin/requestsTrigger";
import type { CountedApp, Platform, PublishedApp } from "../platform";
import { ClusterAddons, NodeAddons } from "./addons";
import { AlbController } from "./albController";
import { albProfile } from "./albProfile";
import { AlbRequests } from "./albRequests";
import { apiGate } from "./apiGate";
import { Certificate } from "./certificate";
import { startClouds, type Clouds } from "./clouds";
import { ClusterAccess } from "./clusterAccess";
import type { ClusterNetwork } from "./clusterNetwork";
import { eksKubeconfig } from "./eksKubeconfig";
import { ExistingNetwork } from "./existingNetwork";
import { HostRecord } from "./hostRecord";
import { liveMonitoring } from "./liveMonitoring";
import type { LivePlatformArgs } from "./livePlatformArgs";
import { Network } from "./network";
import { Nodes } from "./nodes";
import { PrivateCluster } from "./privateCluster";
import { TailnetWay } from "./tailnetWay";

/**
 * A private EKS cluster with all that it needs: network, access, nodes, a way in over a tailnet, and
 * load balancers for its Ingresses. Whatever is made on the cluster waits until its API has answered,
 * and is deleted before anything of the way to it.
 */
export class LivePlatform extends pulumi.ComponentResource implements Platform {
  readonly provider: kubernetes.Provider;
  readonly prerequisites: pulumi.Resource[];
  readonly outputs: Platform["outputs"];
  private readonly profile: IngressProfile;
  private readonly cloud: pulumi.ComponentResourceOptions;
  private readonly clusterName: pulumi.Output<string>;

  /** Makes a platform, with providers of its own for its clouds. */
  static async create(
    name: string,
    args: LivePlatformArgs,
    opts: pulumi.ComponentResourceOptions = {},
  ): Promise<LivePlatform> {
    const clouds = await startClouds(name, args, opts.parent ? { parent: opts.parent } : {});
    return new LivePlatform(name, args, clouds, opts);
  }

  private constructor(
    name: string,
    private readonly args: LivePlatformArgs,
    clouds: Clouds,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("k8s-test:live:LivePlatform", name, {}, opts);
    const cloud = { parent: this, providers: [clouds.aws, clouds.tailscale] };
    const after = (...dependsOn: pulumi.Resource[]): pulumi.ComponentResourceOptions => ({
      ...cloud,
      dependsOn,
    });

    const network = networkOf(`${name}-network`, args, cloud);
    const cluster = new PrivateCluster(`${name}-cluster`, clusterArgs(args, network), cloud);
    const { clusterName } = cluster;
    const access = new ClusterAccess(
      `${name}-access`,
      { ...args.access, clusterName, deployerArn: deployerArn(args, clouds) },
      cloud,
    );
    const nodeAddons = new NodeAddons(
      `${name}-node-addons`,
      { clusterName, versions: args.addons },
      cloud,
    );
    const nodes = new Nodes(
      `${name}-nodes`,
      {
        ...args.nodes,
        clusterName,
        kubernetesVersion: args.cluster.version,
        subnetIds: network.privateSubnetIds,
      },
      after(...nodeAddons.ready, ...network.egress),
    );
    const addons = new ClusterAddons(
      `${name}-addons`,
      { clusterName, versions: args.addons },
      after(...nodes.ready),
    );
    const way = new TailnetWay(
      `${name}-tailnet`,
      { ...args, network, cluster },
      after(...network.egress),
    );

    const wayIn = [...access.ready, ...way.ready];
    const endpoint = apiGate(
      {
        endpoint: cluster.endpoint,
        certificateAuthority: cluster.certificateAuthority,
        vpcCidr: network.cidrBlock,
        waitSeconds: args.tailnet.waitSeconds,
      },
      wayIn,
    );
    this.provider = new kubernetes.Provider(
      name,
      {
        kubeconfig: kubeconfigOf(args, cluster, endpoint),
        clusterIdentifier: cluster.clusterArn,
        enableServerSideApply: true,
      },
      // On destroy, what is on the cluster goes first, while there are nodes to clean up after it.
      { parent: this, dependsOn: [...wayIn, ...nodes.ready] },
    );

    const controller = new AlbController(
      `${name}-alb-controller`,
      { clusterName, region: args.region, accountId: args.accountId, vpcId: network.vpcId },
      {
        ...after(...addons.ready),
        providers: [...cloud.providers, this.provider],
      },
    );
    this.profile = albProfile({
      ...args.loadBalancer,
      certificateArn: certificateArn(`${name}-certificate`, args, cloud),
      subnetCidrs:
        args.loadBalancer.scheme === "internal"
          ? network.privateSubnetCidrs
          : network.publicSubnetCidrs,
    });

    const onCluster = { ...cloud, providers: [...cloud.providers, this.provider] };
    this.cloud = cloud;
    this.prerequisites = [
      ...controller.ready,
      ...addons.ready,
      ...liveMonitoring(
        `${name}-monitoring`,
        { clusterName, region: args.region, monitoring: args.monitoring },
        { ...onCluster, dependsOn: [...controller.ready, ...addons.ready] },
      ),
    ];
    this.clusterName = clusterName;
    this.outputs = {
      clusterName,
      vpcId: network.vpcId,
      routerHostnamePrefix: way.hostnamePrefix,
      tailnetPolicySnippet: way.policySnippet,
      kubeconfigCommand: pulumi.interpolate`aws eks update-kubeconfig --region ${args.region} --name ${clusterName}`,
    };
    this.registerOutputs(this.outputs);
  }

  ingressProfile(): IngressProfile {
    return this.profile;
  }

  requestsTrigger(ingressName: string, { namespace, address }: CountedApp): RequestsTrigger {
    const { clusterName, cloud } = this;
    const { region } = this.args;
    const args = { clusterName, region, namespace, ingressName, address };
    return new AlbRequests(`${ingressName}-requests`, args, cloud).trigger;
  }

  publish(name: string, { host, address }: PublishedApp): pulumi.Output<string> {
    const { hostedZoneId: zoneId } = this.args.loadBalancer;
    const known =
      zoneId === undefined
        ? host
        : new HostRecord(name, { host, zoneId, address }, this.cloud).host;
    return pulumi.interpolate`https://${known}`;
  }
}

function networkOf(
  name: string,
  { network, clusterName, region }: LivePlatformArgs,
  cloud: pulumi.ComponentResourceOptions,
): ClusterNetwork {
  const { vpcId, ...own } = network;
  return vpcId === undefined
    ? new Network(name, { ...own, clusterName, region }, cloud)
    : new ExistingNetwork(name, { ...own, vpcId }, cloud);
}

function clusterArgs(
  { clusterName, cluster }: LivePlatformArgs,
  network: ClusterNetwork,
): ConstructorParameters<typeof PrivateCluster>[1] {
  const { version: kubernetesVersion, ...rest } = cluster;
  const { vpcId, privateSubnetIds } = network;
  return { ...rest, clusterName, kubernetesVersion, vpcId, privateSubnetIds };
}

/** Who runs the stack, where nobody is named: the role itself, not the session that it is used in. */
function deployerArn(
  { deployerRoleArn }: LivePlatformArgs,
  { aws: provider }: Clouds,
): pulumi.Input<string> {
  if (deployerRoleArn !== undefined) return deployerRoleArn;
  const { arn } = getCallerIdentityOutput({}, { provider });
  return iam.getSessionContextOutput({ arn }, { provider }).issuerArn;
}

function certificateArn(
  name: string,
  { host, loadBalancer }: LivePlatformArgs,
  cloud: pulumi.ComponentResourceOptions,
): pulumi.Input<string> {
  const { certificateArn: given, hostedZoneId: zoneId } = loadBalancer;
  if (given !== undefined) return given;
  if (zoneId === undefined) throw new Error("Neither a certificate nor a zone to prove one in.");
  return new Certificate(name, { host, zoneId }, cloud).arn;
}

function kubeconfigOf(
  { region }: LivePlatformArgs,
  { clusterName, certificateAuthority }: PrivateCluster,
  endpoint: pulumi.Output<string>,
): pulumi.Output<string> {
  return pulumi.all([clusterName, certificateAuthority, endpoint]).apply(([name, authority, url]) =>
    eksKubeconfig({
      clusterName: name,
      region,
      endpoint: url,
      certificateAuthority: authority,
    }),
  );
}
