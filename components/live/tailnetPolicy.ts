import * as pulumi from "@pulumi/pulumi";
import * as tailscale from "@pulumi/tailscale";

import { childOptions } from "../childOptions";
import { approveRoute } from "./router/policyFile";

export interface TailnetPolicyArgs {
  /** Tag of the router's devices, such as `tag:router`. */
  tag: string;
  /** Address range that they advertise. */
  route: pulumi.Input<string>;
}

/**
 * The router's tag and the approval of its route, added to the tailnet's policy file as it is now.
 * To be made before the router: only a tag that is known can be given to it.
 *
 * The file is read and written as a whole, comments kept, on each update. What was added stays there
 * when this is deleted: nobody but a router of that tag can use it.
 */
export class TailnetPolicy extends pulumi.ComponentResource {
  /** The policy file as it is now. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: TailnetPolicyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:TailnetPolicy", name, {}, opts);
    const child = childOptions(this, opts);

    const { hujson } = tailscale.getAclOutput(child);
    const policyFile = new tailscale.Acl(
      name,
      {
        acl: pulumi
          .all([hujson, args.route])
          .apply(([policy, route]) => approveRoute(policy, { tag: args.tag, route })),
        // All that is there already is in what is written.
        overwriteExistingContent: true,
      },
      // Deleting it could reset the policy of everyone on the tailnet.
      { ...child, retainOnDelete: true },
    );

    this.ready = [policyFile];
    this.registerOutputs({});
  }
}
