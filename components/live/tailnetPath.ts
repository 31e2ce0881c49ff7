import * as pulumi from "@pulumi/pulumi";
import * as tailscale from "@pulumi/tailscale";

import { childOptions } from "../childOptions";
import { refuse, type Problem } from "../problem";
import { newestDevices } from "./router/newestDevices";
import { approvalSnippet } from "./router/policyFile";
import { vpcResolver } from "./router/vpcResolver";

/** How a router's route is approved; {@link TailnetPathArgs.approval} says what each is. */
export const APPROVALS = ["manual", "policy", "device"];

export interface TailnetPathArgs {
  /**
   * `manual`: the policy file approves the route, and somebody has written that into it;
   * `policy`: the same, written by {@link TailnetPolicy} before the router was made;
   * `device`: the devices that are there now are approved one by one, on each update.
   */
  approval: string;
  /** Tag of the router's devices. */
  tag: string;
  /** Address range of the VPC, which the router advertises. */
  vpcCidr: pulumi.Input<string>;
  /** What the host names of the router's devices begin with. */
  hostnamePrefix: pulumi.Input<string>;
  /** How many devices the router has. */
  size: number;
  /** Whether the tailnet asks the VPC's own resolver for the API's name, and for no other. */
  splitDns: boolean;
  /** `https://…` of the cluster's API. */
  endpoint: pulumi.Input<string>;
}

/**
 * What the tailnet must know for the cluster's API to be reached by way of the router. Made after
 * the router, which `dependsOn` is to say.
 */
export class TailnetPath extends pulumi.ComponentResource {
  /** What the tailnet's policy file needs to say, for `manual`. */
  readonly policySnippet: pulumi.Output<string>;
  /** What must be there before the cluster's API can be reached. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: TailnetPathArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`TailnetPath "${name}"`, approvalProblems(args.approval));
    super("k8s-test:live:TailnetPath", name, {}, opts);
    const child = childOptions(this, opts);

    this.policySnippet = pulumi
      .output(args.vpcCidr)
      .apply((route) => approvalSnippet({ tag: args.tag, route }));
    if (args.approval === "manual" && pulumi.runtime.isDryRun()) showSnippet(this.policySnippet);

    this.ready = [
      ...(args.approval === "device" ? deviceRoutes(name, args, child) : []),
      ...(args.splitDns ? [splitDns(name, args, child)] : []),
    ];
    this.registerOutputs({ policySnippet: this.policySnippet });
  }
}

function approvalProblems(approval: string): Problem[] {
  if (APPROVALS.includes(approval)) return [];
  return [{ key: "approval", given: approval, allowed: `one of ${APPROVALS.join(", ")}` }];
}

/** Before the first update is when it is of use. */
function showSnippet(snippet: pulumi.Output<string>): void {
  snippet.apply((text) =>
    pulumi.log.info(
      `The tailnet's policy file must have this in it before the router is made ` +
        `(admin console, Access controls):\n${text}`,
    ),
  );
}

/** Approves the route of each device. A newer device is approved by the next update only. */
function deviceRoutes(
  name: string,
  { size, tag, hostnamePrefix, vpcCidr }: TailnetPathArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  // Asked for only once the router is there, so that a first preview does not look in vain.
  const found = tailscale.getDevicesOutput(
    { namePrefix: hostnamePrefix, filters: [{ name: "tags", values: [tag] }] },
    child,
  );
  const ids = pulumi
    .all([found.devices, hostnamePrefix])
    .apply(([devices = [], prefix]) => newestDevices(devices, size, prefix));
  return Array.from(
    { length: size },
    (_, index) =>
      new tailscale.DeviceSubnetRoutes(
        `${name}-${String(index)}`,
        { deviceId: ids.apply((all) => all[index] ?? ""), routes: [vpcCidr] },
        // The device may be gone already, and its routes with it.
        { ...child, retainOnDelete: true },
      ),
  );
}

function splitDns(
  name: string,
  { endpoint, vpcCidr }: TailnetPathArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return new tailscale.DnsSplitNameservers(
    name,
    {
      // The whole name: with less of it, a second cluster in the region could not be reached.
      domain: pulumi.output(endpoint).apply((url) => new URL(url).hostname),
      nameservers: [pulumi.output(vpcCidr).apply(vpcResolver)],
    },
    child,
  );
}
