import * as eks from "@pulumi/aws/eks";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as pulumi from "@pulumi/pulumi";

import { callOptions, childOptions } from "../childOptions";
import { refuse } from "../problem";
import { accessProblems, type CiAccess } from "./accessProblems";

export interface ClusterAccessArgs {
  clusterName: pulumi.Input<string>;
  /** IAM role or user that runs the stack: it may do everything on the cluster. */
  deployerArn: pulumi.Input<string>;
  /** IAM roles and users that may do everything. */
  admins: string[];
  /** IAM roles and users that may look at everything but Secrets. */
  readers: string[];
  /** IAM roles and users that may change what is in some namespaces, and nothing else. */
  ci: CiAccess[];
  /**
   * IAM roles and users that preview the stack. They are of a group to which
   * `docs/preview-policy/kubernetes.yaml` gives its rights; without that, they have none.
   */
  previews: string[];
}

/** Group of Kubernetes' that those who preview are of. */
export const PREVIEW_GROUP = "k8s-test-previews";

/** Who may do what: an access entry for each, and the policy or group without which it gives no rights. */
export class ClusterAccess extends pulumi.ComponentResource {
  /** What must be there before the deployer may do anything. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: ClusterAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`ClusterAccess "${name}"`, accessProblems(args));
    super("k8s-test:live:ClusterAccess", name, {}, opts);
    const child = childOptions(this, opts);
    const { partition } = getPartitionOutput({}, callOptions(child));

    const enter = (
      part: string,
      principalArn: pulumi.Input<string>,
      groups?: Pick<eks.AccessEntryArgs, "kubernetesGroups">,
    ): eks.AccessEntry =>
      new eks.AccessEntry(
        `${name}-${part}`,
        { clusterName: args.clusterName, principalArn, type: "STANDARD", ...groups },
        child,
      );
    const grant = (
      part: string,
      principalArn: pulumi.Input<string>,
      right: Right,
    ): pulumi.Resource[] => {
      const entry = enter(part, principalArn);
      const association = new eks.AccessPolicyAssociation(
        `${name}-${part}`,
        {
          clusterName: args.clusterName,
          principalArn: entry.principalArn,
          policyArn: pulumi.interpolate`arn:${partition}:eks::aws:cluster-access-policy/${right.policy}`,
          accessScope:
            right.namespaces === undefined
              ? { type: "cluster" }
              : { type: "namespace", namespaces: right.namespaces },
        },
        child,
      );
      return [entry, association];
    };

    this.ready = grant("deployer", deployerArn(name, args), ADMIN);
    for (const arn of args.admins) grant(partOf(arn), arn, ADMIN);
    for (const arn of args.readers) grant(partOf(arn), arn, READER);
    for (const { principalArn, namespaces } of args.ci) {
      grant(partOf(principalArn), principalArn, { policy: "AmazonEKSEditPolicy", namespaces });
    }
    // No policy of EKS' is as narrow as theirs.
    for (const arn of args.previews) enter(partOf(arn), arn, { kubernetesGroups: [PREVIEW_GROUP] });
    this.registerOutputs({});
  }
}

interface Right {
  /** Policy that EKS keeps. */
  policy: string;
  /** @default the whole cluster */
  namespaces?: string[];
}

const ADMIN: Right = { policy: "AmazonEKSClusterAdminPolicy" };
const READER: Right = { policy: "AmazonEKSViewPolicy" };

/** The end of an ARN, which no other principal of the account has: `role/ci`. */
function partOf(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}

/** EKS takes one entry for a principal: who deploys must not be named a second time. */
function deployerArn(name: string, args: ClusterAccessArgs): pulumi.Output<string> {
  return pulumi.output(args.deployerArn).apply((arn) => {
    const deployer = { principalArn: arn, namespaces: [] };
    const named = accessProblems({ ...args, ci: [...args.ci, deployer] }).filter(
      ({ given }) => given === arn,
    );
    refuse(
      `ClusterAccess "${name}"`,
      named.map((problem) => ({ ...problem, key: "deployerArn" })),
    );
    return arn;
  });
}
