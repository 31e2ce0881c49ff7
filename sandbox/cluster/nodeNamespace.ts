import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { UserError } from "../../host/userError";
import { messageOf } from "../../host/errors";
import { run } from "../../host/run";
import { removeCgroup, makeCgroup } from "./cgroups";
import type { Layout } from "./layout";
import { addNamespace, deleteNamespace, hasNamespace, holdNamespaces } from "./namespaces";
import type { NodeRecord, ProcessRecord } from "./state";
import { LINK } from "./topology";

/** Names of what a node of this cluster takes from the host. */
export function nodeRecord(name: string): NodeRecord {
  // An interface's name has at most 15 characters.
  return {
    namespace: `k8s-test-${name}`,
    link: "k8s-test0",
    cgroup: `/k8s-test-${name}`,
    made: [],
  };
}

interface Link {
  ifname: string;
  addr_info?: { local: string; prefixlen: number }[];
}

/** @throws UserError where another has what the node needs. Nothing has been made then. */
export async function checkFree({ namespace, link }: NodeRecord): Promise<void> {
  if (await hasNamespace(namespace)) {
    throw new UserError(
      `The network namespace ${namespace} exists already, and no cluster of that name is known here. Where it is left from a cluster whose state is lost, end what is in it and remove it: ip netns pids ${namespace} | xargs --no-run-if-empty kill -9; ip netns delete ${namespace}`,
    );
  }
  const links = JSON.parse(await run("ip", ["-json", "address"])) as Link[];
  const taken = links.find(
    ({ ifname, addr_info }) =>
      ifname === link || addr_info?.some(({ local }) => local.startsWith(LINK_NET)) === true,
  );
  if (taken === undefined) return;
  throw new UserError(
    `The interface ${taken.ifname} has the name or an address (${LINK_NET}0/${String(LINK.prefix)}) that the node needs; only one cluster of tier "node" can run at a time. \`npm run sandbox -- status\` lists those that are known; tier "cluster" needs neither.`,
  );
}

const LINK_NET = LINK.host.slice(0, LINK.host.lastIndexOf(".") + 1);

/**
 * Makes the node's network namespace and its link to the host, with no way out but to the host, and
 * its cgroups.
 *
 * @param save Keeps the record; called before each thing that is made.
 */
export async function makeNamespace(node: NodeRecord, save: () => void): Promise<void> {
  const { namespace, link, cgroup } = node;
  const make = async (what: NodeRecord["made"][number], work: () => Promise<unknown>) => {
    node.made.push(what);
    save();
    try {
      await work();
    } catch (error) {
      // Another made it at this very moment: then it is theirs.
      if (/exists/i.test(messageOf(error))) node.made = node.made.filter((one) => one !== what);
      save();
      throw error;
    }
  };
  const inside = ["-netns", namespace];
  const ends = ["type", "veth", "peer", "name", "eth0", "netns", namespace];
  await make("cgroup", () => makeCgroup(cgroup));
  await make("namespace", () => addNamespace(namespace));
  await make("link", () => run("ip", ["link", "add", link, ...ends]));
  const prefix = String(LINK.prefix);
  await run("ip", ["address", "add", `${LINK.host}/${prefix}`, "dev", link]);
  await run("ip", ["link", "set", link, "up"]);
  await run("ip", [...inside, "address", "add", `${LINK.node}/${prefix}`, "dev", "eth0"]);
  await run("ip", [...inside, "link", "set", "lo", "up"]);
  await run("ip", [...inside, "link", "set", "eth0", "up"]);
  // Service addresses need a route to be looked up at all, before kube-proxy turns them round.
  await run("ip", [...inside, "route", "add", "default", "via", LINK.node]);
  const net = `--net=/run/netns/${namespace}`;
  await run("nsenter", [net, "sysctl", "-qw", "net.ipv4.ip_forward=1"]);
}

/** Where programs look for the address of a DNS server. */
const RESOLVER = "/etc/resolv.conf";

/** First process of the node, with whose end all others end. */
export async function startHolder(layout: Layout, node: NodeRecord): Promise<ProcessRecord> {
  const hidden = Object.entries(layout.hidden);
  await Promise.all(hidden.map(([, folder]) => mkdir(folder, { recursive: true })));
  const resolver = join(layout.folder, "resolv.conf");
  await writeFile(resolver, `nameserver ${LINK.node}\n`);
  return holdNamespaces({
    name: "holder",
    namespace: node.namespace,
    setup: [
      // Its programs ask its own DNS: any other is out of reach, and keeps them waiting. Where the
      // machine's file is a link, that leads below /run, and so nowhere.
      `{ [ -L ${RESOLVER} ] || [ ! -e ${RESOLVER} ] || mount --bind "$1" ${RESOLVER}; }`,
      ...hidden.map(([path], index) => `mount --bind "$${String(index + 2)}" ${path}`),
    ],
    args: [resolver, ...hidden.map(([, folder]) => folder)],
    logs: layout.logs,
  });
}

/** Ends what still runs in the node, and removes what of it this cluster has made and is there. */
export async function removeNamespace({
  namespace,
  link,
  cgroup,
  made,
}: NodeRecord): Promise<void> {
  if (made.includes("namespace")) await deleteNamespace(namespace);
  if (made.includes("link")) {
    const links = JSON.parse(await run("ip", ["-json", "link"])) as Link[];
    if (links.some(({ ifname }) => ifname === link)) await run("ip", ["link", "delete", link]);
  }
  if (made.includes("cgroup")) await removeCgroup(cgroup);
}
