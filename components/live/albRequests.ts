import * as lb from "@pulumi/aws/lb";
import * as pulumi from "@pulumi/pulumi";

import { callOptions, childOptions } from "../childOptions";
import type { RequestsTrigger } from "../httpbin/requestsTrigger";
import { plainError } from "../plainError";
import { albRequestsTrigger } from "./albRequestsTrigger";

export interface AlbRequestsArgs {
  clusterName: pulumi.Input<string>;
  region: string;
  /** Namespace of the app's Ingress. */
  namespace: string;
  /** Name of the app's Ingress. */
  ingressName: string;
  /** Host name of the load balancer: until it is known there is no target group to look for. */
  address: pulumi.Input<string>;
}

/**
 * Requests to the pods behind an Ingress, as its load balancer counts them in CloudWatch. The target
 * group is found by the tags that the AWS Load Balancer Controller puts on it, once there is one.
 */
export class AlbRequests extends pulumi.ComponentResource {
  readonly trigger: RequestsTrigger;

  constructor(name: string, args: AlbRequestsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:AlbRequests", name, {}, opts);
    const child = childOptions(this, opts);
    const { namespace, ingressName, clusterName, region } = args;

    // Only the load balancer's address, which the Ingress has in the end, tells that its tags are there.
    const dimensions = pulumi
      .all([clusterName, args.address])
      .apply(([cluster]) =>
        dimensionsOf({ cluster, ingress: `${namespace}/${ingressName}` }, callOptions(child)),
      );
    this.trigger = albRequestsTrigger(region, dimensions);
    this.registerOutputs({});
  }
}

/** Load balancer and target group of an Ingress, as CloudWatch has them for dimensions. */
async function dimensionsOf(
  { cluster, ingress }: { cluster: string; ingress: string },
  opts: pulumi.InvokeOptions,
): Promise<string> {
  const tags = { "elbv2.k8s.aws/cluster": cluster, "ingress.k8s.aws/stack": ingress };
  try {
    const { loadBalancerArns, arnSuffix } = await lb.getTargetGroup({ tags }, opts);
    const [loadBalancer] = loadBalancerArns;
    if (loadBalancer === undefined) throw new Error(`${arnSuffix} belongs to no load balancer`);
    return `${suffixOf(loadBalancer)};${arnSuffix}`;
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    const [namespace = "", name = ""] = ingress.split("/");
    throw plainError(
      `No target group is found that serves the Ingress ${ingress}, so that its requests cannot be counted.\n  cause: ${cause}\n  looked for: a target group with the tags ${JSON.stringify(tags)}\n  mend: see what the load balancer controller says (kubectl describe ingress ${name} -n ${namespace}), then run the command again`,
    );
  }
}

/** `app/NAME/ID`, of `arn:…:loadbalancer/app/NAME/ID`. */
function suffixOf(loadBalancerArn: string): string {
  return loadBalancerArn.split(":loadbalancer/").at(1) ?? "";
}
