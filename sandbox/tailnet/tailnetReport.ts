import { vpcResolver } from "../../components/live/router/vpcResolver";
import { EKS_HOST } from "../cluster/topology";
import { ON_INTERNET, RESOLVERS, routerAddresses, TAILSCALE_ADDRESS, VPC } from "./places";
import type { TailnetStatus } from "./tailnetStatus";

/** What a tailnet is, where its places are and which instances it has, line by line. */
export function tailnetReport({ state, instances, ended, isWhole }: TailnetStatus): string {
  const places: [place: string, what: string][] = [
    ["internet", `Tailscale's servers at ${TAILSCALE_ADDRESS}, DNS at ${dnsServers()}`],
    ...instances.map(({ id, network: { slot } }): [string, string] => {
      const { internet, vpc } = routerAddresses(slot);
      return ["router", `${id}, ${internet} and ${vpc}`];
    }),
    ["VPC", `${VPC.cidr}, DNS at ${vpcResolver(VPC.cidr)}, ${EKS_HOST} at ${VPC.host}`],
    ["laptop", `${ON_INTERNET.laptop}, where pulumi and kubectl run`],
    ["stranger", ON_INTERNET.stranger],
  ];
  const width = Math.max(...places.map(([place]) => place.length));
  return [
    `Tailnet "${state.name}": ${isWhole ? "all of its processes run" : problem(ended)}`,
    ...places.map(([place, what]) => `  ${place.padEnd(width)}  ${what}`),
    ...(instances.length === 0 ? ["  no router: no instance of one is there"] : []),
  ].join("\n");
}

function problem(ended: readonly string[]): string {
  return ended.length === 0 ? "its start was cut off" : `ENDED: ${ended.join(", ")}`;
}

function dnsServers(): string {
  return [...RESOLVERS.public, RESOLVERS.provider].join(", ");
}
