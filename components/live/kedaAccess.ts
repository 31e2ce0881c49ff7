import * as eks from "@pulumi/aws/eks";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { KEDA_OPERATOR } from "../monitoring/keda";
import { podRole } from "./managedRole";
import { allow, type PolicyDocument } from "./policyDocument";

export interface KedaAccessArgs {
  clusterName: pulumi.Input<string>;
  /** AWS region of the cluster. */
  region: string;
  /** Namespace of KEDA. */
  namespace: string;
}

/** What KEDA's operator may do in AWS: read metrics. */
export class KedaAccess extends pulumi.ComponentResource {
  /** What must be there before KEDA's pods are, or they have no rights until they are started anew. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: KedaAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:KedaAccess", name, {}, opts);
    const child = childOptions(this, opts);

    const { role } = podRole(name, { description: "KEDA", policies: [] }, child);
    const policy = new iam.RolePolicy(
      name,
      { role: role.name, policy: JSON.stringify(kedaPolicy(args.region)) },
      child,
    );
    const association = new eks.PodIdentityAssociation(
      name,
      {
        clusterName: args.clusterName,
        namespace: args.namespace,
        serviceAccount: KEDA_OPERATOR,
        roleArn: role.arn,
      },
      child,
    );
    this.ready = [policy, association];
    this.registerOutputs({});
  }
}

/**
 * The one call of KEDA's scaler `aws-cloudwatch`, in the cluster's region. It takes no resource, but for
 * datasets of OpenTelemetry: a load balancer's metrics are none (service authorization reference).
 */
export function kedaPolicy(region: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      allow("ReadMetrics", ["cloudwatch:GetMetricData"], ["*"], {
        StringEquals: { "aws:RequestedRegion": region },
      }),
    ],
  };
}
