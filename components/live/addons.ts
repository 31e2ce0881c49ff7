import * as eks from "@pulumi/aws/eks";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { podRole } from "./managedRole";

export interface NodeAddonsArgs {
  clusterName: pulumi.Input<string>;
  /** Versions of the add-ons, as EKS writes them: `v1.22.4-eksbuild.3`. */
  versions: { vpcCni: string; podIdentityAgent: string; kubeProxy: string };
}

/** What a node needs to become Ready: made before there is any. */
export class NodeAddons extends pulumi.ComponentResource {
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: NodeAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:NodeAddons", name, {}, opts);
    const child = childOptions(this, opts);
    const { clusterName, versions } = args;

    const { role, attachments } = podRole(
      `${name}-vpc-cni`,
      { description: "Network interfaces of pods", policies: ["AmazonEKS_CNI_Policy"] },
      child,
    );
    this.ready = [
      addon(
        `${name}-vpc-cni`,
        {
          clusterName,
          addonName: "vpc-cni",
          addonVersion: versions.vpcCni,
          podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: role.arn }],
          configurationValues: JSON.stringify({ enableNetworkPolicy: "true" }),
        },
        pulumi.mergeOptions(child, { dependsOn: attachments }),
      ),
      addon(
        `${name}-pod-identity-agent`,
        {
          clusterName,
          addonName: "eks-pod-identity-agent",
          addonVersion: versions.podIdentityAgent,
        },
        child,
      ),
      addon(
        `${name}-kube-proxy`,
        { clusterName, addonName: "kube-proxy", addonVersion: versions.kubeProxy },
        child,
      ),
    ];
    this.registerOutputs({});
  }
}

export interface ClusterAddonsArgs {
  clusterName: pulumi.Input<string>;
  /** Versions of the add-ons, as EKS writes them: `v1.14.3-eksbuild.23`. */
  versions: { coredns: string; metricsServer: string };
}

/** What runs as pods on nodes: made after them, or it would wait in vain. */
export class ClusterAddons extends pulumi.ComponentResource {
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: ClusterAddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:ClusterAddons", name, {}, opts);
    const child = childOptions(this, opts);
    const { clusterName, versions } = args;

    this.ready = [
      addon(
        `${name}-coredns`,
        { clusterName, addonName: "coredns", addonVersion: versions.coredns },
        child,
      ),
      addon(
        `${name}-metrics-server`,
        { clusterName, addonName: "metrics-server", addonVersion: versions.metricsServer },
        child,
      ),
    ];
    this.registerOutputs({});
  }
}

function addon(name: string, args: eks.AddonArgs, opts: pulumi.CustomResourceOptions): eks.Addon {
  // What EKS or somebody has changed of it is put back: a version that is pinned is pinned whole.
  const conflicts = {
    resolveConflictsOnCreate: "OVERWRITE",
    resolveConflictsOnUpdate: "OVERWRITE",
  };
  return new eks.Addon(name, { ...conflicts, ...args }, opts);
}
