import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { versions } from "../../versions";
import { callOptions, childOptions } from "../childOptions";
import { albControllerPolicy } from "./albControllerPolicy";
import { podRole } from "./managedRole";

/** Where the controller runs, and as whom: the association and the chart must say the same. */
const NAMESPACE = "kube-system";
const SERVICE_ACCOUNT = "aws-load-balancer-controller";

export interface AlbControllerArgs {
  clusterName: pulumi.Input<string>;
  /** AWS region of the cluster. */
  region: string;
  accountId: string;
  vpcId: pulumi.Input<string>;
}

/**
 * The AWS Load Balancer Controller, ready to make load balancers when this is made. Needs nodes and
 * the agent of Pod Identity to be there, which `dependsOn` is to say.
 */
export class AlbController extends pulumi.ComponentResource {
  /** What must be there before an Ingress is, and until its load balancer is gone. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: AlbControllerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:AlbController", name, {}, opts);
    const child = childOptions(this, opts);
    const { clusterName, region, accountId, vpcId } = args;

    const { role } = podRole(
      name,
      { description: "AWS Load Balancer Controller", policies: [] },
      child,
    );
    const policy = new iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: pulumi
          .all([getPartitionOutput({}, callOptions(child)), clusterName, vpcId])
          .apply(([{ partition }, cluster, vpc]) =>
            JSON.stringify(
              albControllerPolicy({
                partition,
                region,
                accountId,
                clusterName: cluster,
                vpcId: vpc,
              }),
            ),
          ),
      },
      child,
    );
    const association = new eks.PodIdentityAssociation(
      name,
      { clusterName, namespace: NAMESPACE, serviceAccount: SERVICE_ACCOUNT, roleArn: role.arn },
      child,
    );
    const release = new kubernetes.helm.v3.Release(
      name,
      {
        name: "aws-load-balancer-controller",
        chart: "aws-load-balancer-controller",
        version: versions.albController,
        repositoryOpts: { repo: "https://aws.github.io/eks-charts" },
        namespace: NAMESPACE,
        values: albControllerValues(args),
        // With its pods, so that its webhooks answer; or nothing at all.
        atomic: true,
        timeout: 300,
      },
      // A pod that starts before its association gets no rights until it is started anew.
      pulumi.mergeOptions(child, { dependsOn: [association, policy] }),
    );

    this.ready = [policy, association, release];
    this.registerOutputs({});
  }
}

/** Values of the controller's chart. */
export function albControllerValues({
  clusterName,
  region,
  vpcId,
}: AlbControllerArgs): Record<string, unknown> {
  return {
    clusterName,
    // It would ask the metadata service for both, which is out of a pod's reach.
    region,
    vpcId,
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    serviceAccount: { create: true, name: SERVICE_ACCOUNT },
    // It would stand between everybody and every Service of the cluster.
    enableServiceMutatorWebhook: false,
    // The policy has nothing for these.
    enableShield: false,
    enableWaf: false,
    enableWafv2: true,
    // It serves Ingresses only: should somebody bring the kinds of the Gateway API, it leaves them be.
    // All three, or it looks for the kinds anyway.
    controllerConfig: {
      featureGates: { ALBGatewayAPI: false, NLBGatewayAPI: false, GatewayListenerSet: false },
    },
    // What the chart leaves open of Pod Security `restricted`.
    podSecurityContext: { seccompProfile: { type: "RuntimeDefault" } },
    securityContext: { capabilities: { drop: ["ALL"] } },
    resources: { requests: { cpu: "50m", memory: "128Mi" }, limits: { memory: "256Mi" } },
  };
}
