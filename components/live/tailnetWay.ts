import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import type { ClusterNetwork } from "./clusterNetwork";
import type { PrivateCluster } from "./privateCluster";
import { TailnetPath, type TailnetPathArgs } from "./tailnetPath";
import { TailnetPolicy } from "./tailnetPolicy";
import { TailnetRouter, type TailnetRouterArgs } from "./tailnetRouter";

export interface TailnetWayArgs {
  clusterName: string;
  /** AWS region of the cluster. */
  region: string;
  network: Pick<ClusterNetwork, "vpcId" | "cidrBlock" | "privateSubnetIds">;
  cluster: Pick<PrivateCluster, "endpoint" | "securityGroupId">;
  tailnet: Pick<TailnetRouterArgs, "tag" | "size" | "instanceType" | "waitSeconds"> &
    Pick<TailnetPathArgs, "approval" | "splitDns">;
}

/** The way from a tailnet to the cluster's API: what the tailnet must allow, a router, its route. */
export class TailnetWay extends pulumi.ComponentResource {
  /** What the host names of the router's devices begin with. */
  readonly hostnamePrefix: pulumi.Output<string>;
  /** What the tailnet's policy file needs to say where the stack does not own it. */
  readonly policySnippet: pulumi.Output<string>;
  /** What must be there before the cluster's API can be reached. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: TailnetWayArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:TailnetWay", name, {}, opts);
    const child = childOptions(this, opts);
    const { network, cluster, tailnet } = args;
    const vpcCidr = network.cidrBlock;

    const policy =
      tailnet.approval === "policy"
        ? new TailnetPolicy(`${name}-policy`, { tag: tailnet.tag, route: vpcCidr }, child)
        : undefined;
    const router = new TailnetRouter(
      `${name}-router`,
      {
        ...tailnet,
        clusterName: args.clusterName,
        region: args.region,
        vpcId: network.vpcId,
        vpcCidr,
        privateSubnetIds: network.privateSubnetIds,
        clusterSecurityGroupId: cluster.securityGroupId,
      },
      pulumi.mergeOptions(child, { dependsOn: policy?.ready ?? [] }),
    );
    const path = new TailnetPath(
      `${name}-path`,
      { ...tailnet, vpcCidr, hostnamePrefix: router.hostnamePrefix, endpoint: cluster.endpoint },
      pulumi.mergeOptions(child, { dependsOn: router.ready }),
    );

    this.hostnamePrefix = router.hostnamePrefix;
    this.policySnippet = path.policySnippet;
    this.ready = [...(policy?.ready ?? []), ...router.ready, ...path.ready];
    this.registerOutputs({
      hostnamePrefix: this.hostnamePrefix,
      policySnippet: this.policySnippet,
    });
  }
}
