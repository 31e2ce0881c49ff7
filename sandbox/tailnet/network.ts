import { vpcResolver } from "../../components/live/router/vpcResolver";
import { run, tryRun } from "../../host/run";
import { UserError } from "../../host/userError";
import { addNamespace, deleteNamespace, hasNamespace } from "../cluster/namespaces";
import { closeEndpoint } from "./apiEndpoint";
import {
  INTERNET,
  namespaceOf,
  ON_INTERNET,
  PLACES,
  RESOLVERS,
  TAILSCALE_ADDRESS,
  VPC,
  type Place,
} from "./places";
import type { TailnetState } from "./state";

/** Names of the bridges to which all else is linked. */
export const BRIDGES = { internet: "internet", vpc: "vpc" } as const;

/** The network namespace of a place: that of the VPC can be another's. */
export function placeNamespace(
  { name, vpcNamespace }: Pick<TailnetState, "name" | "vpcNamespace">,
  place: Place,
): string {
  return (place === "vpc" ? vpcNamespace : undefined) ?? namespaceOf(name, place);
}

/** The places whose namespaces a tailnet makes. */
function ownPlaces({ vpcNamespace }: Pick<TailnetState, "vpcNamespace">): Place[] {
  return PLACES.filter((place) => place !== "vpc" || vpcNamespace === undefined);
}

/**
 * @throws UserError where a namespace is there that no known tailnet has made, or the one that is to
 * be the VPC is not there or is one already. Nothing is made then.
 */
export async function checkNamespaces(
  state: Pick<TailnetState, "name" | "vpcNamespace">,
): Promise<void> {
  for (const place of ownPlaces(state)) {
    const namespace = namespaceOf(state.name, place);
    if (!(await hasNamespace(namespace))) continue;
    throw new UserError(
      `The network namespace ${namespace} exists already, and no tailnet of that name is known here. Where it is left from one whose state is lost, end what is in it and remove it: ip netns pids ${namespace} | xargs --no-run-if-empty kill -9; ip netns delete ${namespace}`,
    );
  }
  const { vpcNamespace } = state;
  if (vpcNamespace === undefined) return;
  if (!(await hasNamespace(vpcNamespace))) {
    throw new UserError(
      `The network namespace ${vpcNamespace}, which is to be the VPC, does not exist: it is that of a cluster's node. Start the cluster first: npm run sandbox -- up --tier node --name ${state.name}`,
    );
  }
  if (!(await hasLink(vpcNamespace, BRIDGES.vpc))) return;
  throw new UserError(
    `The network namespace ${vpcNamespace} has a link ${BRIDGES.vpc} already, and no tailnet is known here that made it. Where it is left from one whose state is lost, remove it: ip -netns ${vpcNamespace} link delete ${BRIDGES.vpc}`,
  );
}

/**
 * Makes the places and the links between them; routers come later. None of them has a link to the host
 * but the VPC where that is a cluster's node, so nothing else gets out of them.
 *
 * @param save Keeps the state; called before each thing that is made.
 */
export async function makeNetwork(state: TailnetState, save: () => void): Promise<void> {
  for (const place of ownPlaces(state)) {
    const namespace = namespaceOf(state.name, place);
    state.namespaces.push(namespace);
    save();
    await addNamespace(namespace);
  }
  const at = (place: Place): string => placeNamespace(state, place);
  const { provider } = RESOLVERS;
  await batch(at("internet"), [
    "link set lo up",
    addBridge(BRIDGES.internet, 1),
    ...[TAILSCALE_ADDRESS, provider].map(
      (address) => `address add ${address}/${String(INTERNET.prefix)} dev ${BRIDGES.internet}`,
    ),
    ...RESOLVERS.public.map((address) => `address add ${address}/32 dev ${BRIDGES.internet}`),
    `link set ${BRIDGES.internet} up`,
    ...Object.keys(ON_INTERNET).flatMap((place) => [
      `link add ${place} type veth peer name eth0 netns ${at(place as Place)}`,
      `link set ${place} master ${BRIDGES.internet} up`,
    ]),
  ]);
  for (const [place, address] of Object.entries(ON_INTERNET)) {
    await batch(at(place as Place), onInternet(address));
  }
  if (state.vpcNamespace === undefined) await batch(at("vpc"), ["link set lo up"]);
  await batch(at("vpc"), [
    addBridge(BRIDGES.vpc, 2),
    ...[VPC.host, vpcResolver(VPC.cidr)].map(
      (address) => `address add ${address}/${String(VPC.prefix)} dev ${BRIDGES.vpc}`,
    ),
    `link set ${BRIDGES.vpc} up`,
  ]);
}

/** Removes what of the places a tailnet has made and is still there; its routers are gone by then. */
export async function removeNetwork(state: TailnetState): Promise<void> {
  const { vpcNamespace } = state;
  if (vpcNamespace !== undefined) await closeEndpoint(vpcNamespace);
  if (vpcNamespace !== undefined && (await hasLink(vpcNamespace, BRIDGES.vpc))) {
    await run("ip", ["-netns", vpcNamespace, "link", "delete", BRIDGES.vpc]);
  }
  for (const namespace of state.namespaces) await deleteNamespace(namespace);
}

/**
 * A bridge whose hardware address stays. By itself it takes one of those that are linked to it, and
 * another when that goes: others would send to the old one until they find out.
 */
function addBridge(name: string, number: number): string {
  return `link add ${name} address 02:00:00:00:00:0${String(number)} type bridge`;
}

/** What a place does with its link to the internet. */
export function onInternet(address: string): string[] {
  return [
    "link set lo up",
    `address add ${address}/${String(INTERNET.prefix)} dev eth0`,
    "link set eth0 up",
    `route add default via ${TAILSCALE_ADDRESS}`,
  ];
}

/** Runs lines of `ip` in a namespace. */
export async function batch(namespace: string, lines: readonly string[]): Promise<void> {
  await run("ip", ["-netns", namespace, "-batch", "-"], { input: lines.join("\n") });
}

/** Whether a namespace is there and has a link of that name. */
export async function hasLink(namespace: string, link: string): Promise<boolean> {
  return (await tryRun("ip", ["-netns", namespace, "link", "show", link])).ok;
}
