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
    const stack = pulumi.output(args.address).apply(() => `${namespace}/${ingressName}`);
    const tags = { "elbv2.k8s.aws/cluster": clusterName, "ingress.k8s.aws/stack": stack };
    const group = lb.getTargetGroupOutput({ tags }, callOptions(child));
    const dimensions = pulumi
      .all([group.loadBalancerArns, group.arnSuffix])
      .apply(([[loadBalancer], targetGroup]) => {
        if (loadBalancer === undefined) throw notServed(namespace, ingressName, targetGroup);
        return `${suffixOf(loadBalancer)};${targetGroup}`;
      });
    this.trigger = albRequestsTrigger(region, dimensions);
    this.registerOutputs({});
  }
}

function notServed(namespace: string, ingressName: string, targetGroup: string): pulumi.RunError {
  return plainError(
    `The target group of the Ingress ${namespace}/${ingressName} (${targetGroup}) belongs to no load balancer, so that nothing counts its requests. See what its controller says: kubectl describe ingress ${ingressName} -n ${namespace}. Then run the command again.`,
  );
}

/** `app/NAME/ID`, as CloudWatch has it for a dimension. */
function suffixOf(loadBalancerArn: string): string {
  return loadBalancerArn.split(":loadbalancer/").at(1) ?? "";
}
