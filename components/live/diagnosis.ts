import { isIP } from "node:net";

import { isWithin, TAILNET_RANGES } from "./addressRange";
import type { Attempt } from "./askApi";
import { CAUSES, type CauseName } from "./causes";
import type { Observations } from "./observe";
import type { SubnetRouter } from "./tailscaleStatus";

/** Why an API does not answer, from what was seen of the way to it. */
export function diagnose(seen: Observations): CauseName {
  const { attempt, addresses, publicAddresses } = seen;
  // Only a server whose certificate is right is the API, wherever it is.
  if (attempt.reached === "http" || attempt.reached === "tls") return "apiDown";
  if (isName(seen.host) && isOutside(seen)) return "nameElsewhere";

  // Before what the server did: off the tailnet it may be one of the network that this machine is in.
  const astray = needsTailnet(seen) ? tailnetProblem(seen) : undefined;
  if (astray !== undefined) return astray;
  if (attempt.isUntrusted) return "otherServer";
  if (attempt.reached === "tcp" || attempt.code === "ECONNREFUSED") return "apiDown";

  const carriers = carriersOf(seen);
  if (carriers.length > 0 && !carriers.some(({ isOnline }) => isOnline)) return "routerOffline";
  if (addresses.length > 0) return "policyForbids";
  return publicAddresses.length > 0 ? "nameFiltered" : "nameUnknown";
}

/** A diagnosis as it is shown: what is wrong, what tells so, and what to do. */
export function explain(seen: Observations): string {
  const { is, mend } = CAUSES[diagnose(seen)];
  return [`cause: ${is(seen)}`, `seen:  ${evidence(seen).join("; ")}`, `mend:  ${mend(seen)}`]
    .map((line) => `  ${line}`)
    .join("\n");
}

/** Whether the tailnet is the way: not where this machine is in the VPC, or the API is outside. */
function needsTailnet(seen: Observations): boolean {
  return !isInside(seen) && !isOutside(seen);
}

/** Whether the API's addresses are known, and none of them is in the VPC. */
function isOutside({ addresses, vpcCidr }: Observations): boolean {
  return addresses.length > 0 && !addresses.some((address) => isWithin(address, [vpcCidr]));
}

function isInside({ localAddresses, vpcCidr }: Observations): boolean {
  return localAddresses.some((address) => isWithin(address, [vpcCidr]));
}

/** Why what is for the VPC does not go through the tailnet. */
function tailnetProblem(seen: Observations): CauseName | undefined {
  const { addresses, publicAddresses, sourceAddress, tailscale } = seen;
  if (!isOnTailnet(seen)) {
    const isUserspace = tailscale?.state === "Running" && !tailscale.hasInterface;
    return isUserspace ? "noInterface" : "notOnTailnet";
  }
  if (addresses.length + publicAddresses.length === 0) return "nameUnknown";
  const isThrough = isWithin(sourceAddress ?? "", TAILNET_RANGES);
  if (tailscale === undefined) return isThrough ? undefined : "noRoute";
  if (carriersOf(seen).length === 0) return "routeNotOffered";
  return isThrough ? undefined : "routesNotAccepted";
}

/** The subnet routers that carry what is for the VPC. Exit nodes carry all that nobody else does. */
function carriersOf({ tailscale, vpcCidr }: Observations): SubnetRouter[] {
  const [network = ""] = vpcCidr.split("/");
  return (tailscale?.routers ?? []).filter(({ routes }) =>
    isWithin(
      network,
      routes.filter((route) => !route.endsWith("/0")),
    ),
  );
}

function isOnTailnet({ localAddresses }: Observations): boolean {
  return localAddresses.some((address) => isWithin(address, TAILNET_RANGES));
}

function evidence(seen: Observations): string[] {
  const { host, addresses, publicAddresses, sourceAddress, tailscale } = seen;
  const carriers = carriersOf(seen).map(
    ({ hostname, isOnline }) => `${hostname} (${isOnline ? "online" : "offline"})`,
  );
  const isOff = needsTailnet(seen) && !isOnTailnet(seen);
  return [
    outcome(seen.attempt),
    isName(host) && `${host} is ${listed(addresses, "nothing")} here`,
    publicAddresses.length > 0 && `${listed(publicAddresses)} elsewhere`,
    sourceAddress !== undefined && `this machine sends from ${sourceAddress}`,
    isInside(seen) && `it has an address in ${seen.vpcCidr} itself`,
    isOff && `none of its addresses is in ${listed(TAILNET_RANGES)}`,
    tailscale === undefined
      ? "no Tailscale client to ask"
      : `Tailscale is ${tailscale.state}, and the router ${listed(carriers, "unknown to it")}`,
  ].filter((line) => line !== false);
}

function isName(host: string): boolean {
  return isIP(host) === 0;
}

function outcome(attempt: Attempt): string {
  if (attempt.reached === "http") return `HTTP ${String(attempt.status)}`;
  const stage = { nothing: "no connection", tcp: "TCP but no TLS", tls: "TLS but no answer" };
  return `${stage[attempt.reached]} (${attempt.code})`;
}

function listed(items: readonly string[], none = ""): string {
  return items.length === 0 ? none : items.join(", ");
}
