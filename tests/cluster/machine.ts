import { existsSync, readdirSync, readFileSync } from "node:fs";

import { run, tryRun } from "../../host/run";
import { cgroupRoots } from "../../sandbox/cluster/cgroups";

/**
 * All that a cluster could leave on a machine, as lines that can be compared. What other programs
 * do meanwhile is not in it.
 */
export async function machineListing(
  stateHome: string,
  name: string,
): Promise<Record<string, string[]>> {
  const linux = process.platform === "linux";
  const names = linux ? await namespaces() : [];
  // Another cluster's link has the same name, and its namespace keeps the folder of names.
  const others = names.some((one) => one !== `k8s-test-${name}` && one !== "");
  const isOurs = (line: string): boolean =>
    line.includes(stateHome) ||
    line.endsWith(`k8s-test-${name}`) ||
    (line === "k8s-test0" && !others);
  return {
    processes: linux ? processes(stateHome, name) : await processesByPs(stateHome),
    mounts: linux ? mounts().filter(isOurs) : [],
    links: linux ? (await links()).filter(isOurs) : [],
    namespaces: linux ? names.filter(isOurs) : [],
    cgroups: linux ? cgroups().filter(isOurs) : [],
    // The node's own firewall is in its network namespace; none of it may be in the machine's.
    firewall: linux ? await firewall() : [],
    folders: ["/var/lib/cni", "/var/lib/kubelet", "/var/log/containers", "/var/log/pods"]
      .concat(others ? ["/run/containerd"] : ["/run/containerd", "/run/netns"])
      .filter((folder) => existsSync(folder)),
    clusters: existsSync(`${stateHome}/k8s-test/clusters`)
      ? readdirSync(`${stateHome}/k8s-test/clusters`)
      : [],
  };
}

/** Mount points. */
function mounts(): string[] {
  const lines = readFileSync("/proc/self/mounts", "utf8").split("\n");
  return lines.map((line) => line.split(" ")[1] ?? "");
}

/** Processes that have the state folder among their arguments, and those of the cluster's pods. */
function processes(stateHome: string, name: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        const inPod = readFileSync(`/proc/${pid}/cgroup`, "utf8").includes(`/k8s-test-${name}/`);
        return inPod || command.includes(stateHome) ? [`${pid} ${command}`] : [];
      } catch {
        return [];
      }
    });
}

async function processesByPs(stateHome: string): Promise<string[]> {
  const all = await run("ps", ["-axo", "pid=,command="]);
  return all.split("\n").filter((line) => line.includes(stateHome));
}

async function links(): Promise<string[]> {
  const { ok, stdout } = await tryRun("ip", ["-json", "link"]);
  const all = ok ? (JSON.parse(stdout) as { ifname: string }[]) : [];
  return all.map(({ ifname }) => ifname);
}

async function namespaces(): Promise<string[]> {
  const { ok, stdout } = await tryRun("ip", ["netns", "list"]);
  return ok ? stdout.split("\n").map((line) => line.split(" ")[0] ?? "") : [];
}

/** Chains of nftables and of iptables, and sets of addresses, named as a cluster's programs do. */
async function firewall(): Promise<string[]> {
  const commands = [
    ["nft", "list", "chains"],
    ["iptables-legacy-save"],
    ["ipset", "list", "-name"],
  ];
  const listings = commands.map(([program = "", ...args]) => tryRun(program, args));
  const lines = (await Promise.all(listings)).flatMap(({ stdout }) => stdout.split("\n"));
  return lines.filter((line) => /KUBE|kube-proxy/.test(line));
}

function cgroups(): string[] {
  return cgroupRoots().flatMap((root) => readdirSync(root).map((name) => `${root}/${name}`));
}
