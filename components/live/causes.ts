/** What the ways of mending need to name. */
export interface Place {
  /** Name of the cluster's API. */
  host: string;
  /** Range of the VPC. */
  vpcCidr: string;
}

export interface Cause {
  /** What is wrong. */
  is: (place: Place) => string;
  /** What to do about it. */
  mend: (place: Place) => string;
}

/**
 * Why the API of a private cluster does not answer a machine outside of its VPC, in the order of the
 * way to it.
 */
export const CAUSES = {
  notOnTailnet: {
    is: () => "this machine is not on the tailnet",
    mend: () =>
      "tailscale up, then: tailscale set --accept-routes (to install it: https://tailscale.com/download)",
  },
  noInterface: {
    is: () =>
      "Tailscale runs here without a network interface (userspace mode), so that no other program is on the tailnet",
    mend: () => "start tailscaled with an interface; in a container: /dev/net/tun and NET_ADMIN",
  },
  nameUnknown: {
    is: () => "no resolver has an address for the API's name",
    mend: () =>
      "connect this machine to the internet; if it is, see whether the cluster is still there: pulumi refresh",
  },
  nameFiltered: {
    is: () =>
      "this machine's resolver has no address for the API's name, and the public DNS has: either private addresses are filtered out (protection against DNS rebinding), or split DNS asks a server that cannot be reached",
    mend: () =>
      "switch split DNS on (pulumi config set --path live.tailnet.splitDns true), or let eks.amazonaws.com through the filter; where it is on, let this machine reach port 53 in the tailnet's policy file",
  },
  nameElsewhere: {
    is: ({ vpcCidr }) =>
      `the API's name leads to an address outside of ${vpcCidr}, the range of its VPC`,
    mend: ({ host }) =>
      `see who gives that answer (nslookup ${host}): the hosts file, a filter, a sign-in page of the network`,
  },
  routesNotAccepted: {
    is: () => "this machine does not use the routes that the tailnet offers",
    mend: () => "tailscale set --accept-routes",
  },
  noRoute: {
    is: ({ vpcCidr }) =>
      `this machine sends what is for ${vpcCidr} past the tailnet: it does not use the routes that are offered, or none is`,
    mend: ({ vpcCidr }) =>
      `tailscale set --accept-routes; then approve ${vpcCidr} of the router: https://login.tailscale.com/admin/machines`,
  },
  routeNotOffered: {
    is: ({ vpcCidr }) =>
      `the tailnet offers this machine no route to ${vpcCidr}: the router has not joined, its route is not approved, or the policy file keeps it from this machine`,
    mend: ({ vpcCidr }) =>
      `approve ${vpcCidr} of the router: https://login.tailscale.com/admin/machines`,
  },
  routerOffline: {
    is: ({ vpcCidr }) => `the router that carries ${vpcCidr} is offline`,
    mend: () =>
      "wait until its auto-scaling group has replaced it; if it does not, read what the instance wrote: aws ec2 get-console-output --latest --instance-id ID",
  },
  policyForbids: {
    is: () =>
      "the way is there, and nothing comes back: the tailnet's policy file does not let this machine through, or a security group does not let the router",
    mend: ({ vpcCidr }) =>
      `let those who run this stack through, in the policy file (https://login.tailscale.com/admin/acls): {"src": ["USER"], "dst": ["${vpcCidr}"], "ip": ["tcp:443"]} under "grants"`,
  },
  otherServer: {
    is: () =>
      "another server answers in the API's place: its certificate is not signed by the cluster's CA",
    mend: ({ vpcCidr }) =>
      `see that no other network that this machine is in uses ${vpcCidr}, and that no proxy opens the connection`,
  },
  apiDown: {
    is: () => "the way is there, and the API is not ready",
    mend: () =>
      "wait; if it stays so: aws eks describe-cluster --query cluster.[status,health] --name CLUSTER",
  },
} as const satisfies Record<string, Cause>;

export type CauseName = keyof typeof CAUSES;
