import * as pulumi from "@pulumi/pulumi";

import { plainError } from "../plainError";
import { waitForApi, type WaitForApiArgs } from "./waitForApi";

export interface ApiGateArgs {
  /** `https://…` of the cluster's API. */
  endpoint: pulumi.Input<string>;
  /** Base64 of the CA bundle that signed the endpoint's certificate. */
  certificateAuthority: pulumi.Input<string>;
  /** Range of the VPC that the API is in. */
  vpcCidr: pulumi.Input<string>;
  /**
   * Longest that an update waits for the API, in seconds: enough for a cluster and a router that it
   * has just made.
   */
  waitSeconds: number;
  /**
   * Longest that a preview waits for the API, and how long an update waits until it says what for,
   * in seconds.
   *
   * @default 10
   */
  patienceSeconds?: number;
}

const PATIENCE_SECONDS = 10;

const PREVIEW_HINT =
  "Without its API nothing in the cluster can be previewed. If what leads to it is to be changed by this very stack: pulumi up --skip-preview";

/**
 * The endpoint of a cluster's API, once the API behind it has answered. Put into the configuration of
 * a provider, it keeps everything in the cluster waiting until then, and nothing else.
 *
 * An update cannot know whether it has just made what leads to the API. So it always waits for as
 * long as that may take, and says early what is missing: who mends it meanwhile need not start anew.
 * A preview makes nothing, and so fails after a short while. It asks nothing where it cannot know the
 * endpoint, or where something that leads there is yet to be made or replaced: the endpoint is then
 * unknown, too. `pulumi destroy` and `pulumi refresh` do not run the program, and so do not ask.
 *
 * @param after - What must be there first: each a resource of its own. A component is refused, as
 * nothing of it tells when its children are there.
 */
export function apiGate(args: ApiGateArgs, after: pulumi.Resource[]): pulumi.Output<string> {
  const limits = gateLimits(args, pulumi.runtime.isDryRun());
  const { endpoint, certificateAuthority, vpcCidr } = args;
  return pulumi
    .all([endpoint, certificateAuthority, vpcCidr, pulumi.all(after.map(idOf))])
    .apply(async ([url, authority, cidr]) => {
      await waitForApi({
        endpoint: url,
        ca: Buffer.from(authority, "base64").toString(),
        vpcCidr: cidr,
        ...limits,
        warn: (message) => pulumi.log.warn(message),
      });
      return url;
    });
}

/** How long the gate waits, and what it adds to its error. */
export function gateLimits(
  { waitSeconds, patienceSeconds = PATIENCE_SECONDS }: ApiGateArgs,
  isPreview: boolean,
): Pick<WaitForApiArgs, "waitSeconds" | "patienceSeconds" | "hint"> {
  if (!isPreview) return { waitSeconds, patienceSeconds };
  return { waitSeconds: patienceSeconds, patienceSeconds, hint: PREVIEW_HINT };
}

/** Of a resource that is not there yet, the id is unknown in a preview. */
function idOf(resource: pulumi.Resource): pulumi.Output<string> {
  if (pulumi.CustomResource.isInstance(resource)) return resource.id;
  const given = resource.constructor.name;
  throw plainError(
    `apiGate waits for resources, not for a component such as ${given}: name what it has made.`,
  );
}
