import { run, tryRun } from "../../host/run";
import { addNamespace, deleteNamespace } from "../cluster/namespaces";
import { batch, BRIDGES, hasLink, onInternet } from "./network";
import { INTERNET, routerAddresses, VPC } from "./places";

/** The network of one router. */
export interface RouterNetwork {
  /** Name of its own namespace. */
  namespace: string;
  /** Which of the addresses for routers are its own, counted from 0. */
  slot: number;
  /** Namespaces of the places that it links. */
  internet: string;
  vpc: string;
}

/** Makes a namespace with a link to the internet, `eth0`, and one into the VPC, `eth1`. */
export async function addRouter(network: RouterNetwork): Promise<void> {
  const { namespace, slot, internet, vpc } = network;
  const link = linkOf(slot);
  const addresses = routerAddresses(slot);
  // Links of a namespace that was killed by hand can outlive it for a moment.
  for (const place of [internet, vpc]) await removeLink(place, link);
  await addNamespace(namespace);
  await batch(namespace, [
    `link add eth0 type veth peer name ${link} netns ${internet}`,
    `link add eth1 type veth peer name ${link} netns ${vpc}`,
  ]);
  await close(namespace);
  // The far ends first: a link that is up before its other end can take a second to carry anything.
  await batch(internet, [`link set ${link} master ${BRIDGES.internet} up`]);
  await batch(vpc, [`link set ${link} master ${BRIDGES.vpc} up`]);
  await batch(namespace, [
    ...onInternet(addresses.internet),
    `address add ${addresses.vpc}/${String(VPC.prefix)} dev eth1`,
    "link set eth1 up",
  ]);
  await batch(vpc, [
    // A VPC has a way out: what keeps strangers out must not be that no answer finds back.
    `route add ${INTERNET.cidr} ${wayOut(slot)}`,
  ]);
}

/** Ends what runs in the namespace of a router, and removes what of it is still there. */
export async function removeRouter(network: RouterNetwork): Promise<void> {
  const { namespace, slot, internet, vpc } = network;
  await deleteNamespace(namespace);
  for (const place of [internet, vpc]) await removeLink(place, linkOf(slot));
  await tryRun("ip", ["-netns", vpc, "route", "delete", INTERNET.cidr, ...wayOut(slot).split(" ")]);
}

/** Name, in the other two places, of a router's links. */
function linkOf(slot: number): string {
  return `router${String(slot)}`;
}

/** The first of the routers that are there is the one that is used. */
function wayOut(slot: number): string {
  return `via ${routerAddresses(slot).vpc} dev ${BRIDGES.vpc} metric ${String(slot + 1)}`;
}

async function removeLink(namespace: string, link: string): Promise<void> {
  if (!(await hasLink(namespace, link))) return;
  await tryRun("ip", ["-netns", namespace, "link", "delete", link]);
}

/**
 * Stands for the security group of the live stack's routers, which lets nothing in: only answers come
 * through, whatever routes others have.
 */
async function close(namespace: string): Promise<void> {
  const rules = ["input", "forward"].map(
    (hook) =>
      `add chain inet closed ${hook} { type filter hook ${hook} priority filter; }\n` +
      `add rule inet closed ${hook} iifname "eth0" ct state new,invalid drop\n`,
  );
  const input = `add table inet closed\n${rules.join("")}`;
  await run("ip", ["netns", "exec", namespace, "nft", "-f", "-"], { input });
}
