import * as lb from "@pulumi/aws/lb";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";

import { callOptions, childOptions } from "../childOptions";

export interface HostRecordArgs {
  /** DNS name of the app. */
  host: pulumi.Input<string>;
  /** Route 53 zone of the host. */
  zoneId: pulumi.Input<string>;
  /** Host name of the load balancer, in the region of the provider. */
  address: pulumi.Input<string>;
}

/** The host's address record, which follows the load balancer. */
export class HostRecord extends pulumi.ComponentResource {
  /** DNS name of the app, once its record is there. */
  readonly host: pulumi.Output<string>;

  constructor(name: string, args: HostRecordArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:HostRecord", name, {}, opts);
    const child = childOptions(this, opts);

    const record = new route53.Record(
      name,
      {
        zoneId: args.zoneId,
        name: args.host,
        type: "A",
        aliases: [
          {
            name: args.address,
            zoneId: lb.getHostedZoneIdOutput({}, callOptions(child)).id,
            evaluateTargetHealth: true,
          },
        ],
      },
      child,
    );
    this.host = record.name;
    this.registerOutputs({ host: this.host });
  }
}
