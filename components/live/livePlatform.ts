import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { IngressProfile } from "../httpbin/ingressProfile";
import type { Platform } from "../platform";
import { albProfile } from "./albProfile";
import { eksKubeconfig } from "./eksKubeconfig";
import type { LivePlatformArgs } from "./livePlatformArgs";

/** An EKS cluster that exists, with an ALB for each app. */
export class LivePlatform extends pulumi.ComponentResource implements Platform {
  readonly provider: kubernetes.Provider;
  readonly prerequisites: pulumi.Resource[] = [];
  private readonly profile: IngressProfile;

  constructor(name: string, args: LivePlatformArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:LivePlatform", name, {}, opts);

    const provider = new aws.Provider(
      name,
      { region: args.region, allowedAccountIds: [args.accountId] },
      { parent: this },
    );
    const cluster = aws.eks.getClusterOutput({ name: args.clusterName }, { provider });

    this.provider = new kubernetes.Provider(
      name,
      {
        kubeconfig: pulumi
          .all([cluster.endpoint, cluster.certificateAuthorities])
          .apply(([endpoint, authorities]) =>
            eksKubeconfig({
              clusterName: args.clusterName,
              region: args.region,
              endpoint,
              certificateAuthority: authorities[0]?.data ?? "",
            }),
          ),
        clusterIdentifier: cluster.arn,
        enableServerSideApply: true,
      },
      { parent: this },
    );

    this.profile = albProfile({
      scheme: args.scheme,
      certificateArn: args.certificateArn,
      subnetCidrs: loadBalancerCidrs(args.scheme, cluster, provider),
    });
    this.registerOutputs({});
  }

  ingressProfile(): IngressProfile {
    return this.profile;
  }
}

/** The subnets that the controller puts a load balancer of this scheme into: it goes by their tag. */
function loadBalancerCidrs(
  scheme: string,
  cluster: pulumi.Output<aws.eks.GetClusterResult>,
  provider: aws.Provider,
): pulumi.Output<string[]> {
  const role = scheme === "internal" ? "internal-elb" : "elb";
  const subnets = aws.ec2.getSubnetsOutput(
    {
      filters: [
        { name: "vpc-id", values: [cluster.vpcConfig.vpcId] },
        { name: "tag-key", values: [`kubernetes.io/role/${role}`] },
      ],
    },
    { provider },
  );
  return subnets.ids.apply((ids) =>
    pulumi.all(ids.map((id) => aws.ec2.getSubnetOutput({ id }, { provider }).cidrBlock)),
  );
}
