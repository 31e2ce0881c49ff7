import { Netmask } from "netmask";

import { kubernetesVersionProblems } from "../components/live/kubernetesVersions";
import { overlaps } from "../components/live/subnets";
import { shown } from "./issues";
import type { ConfigProblem } from "./problem";
import { isWrong, ofComponent, section, type Draft, type RuleContext } from "./ruleContext";

/** What the control plane cannot be made with. */
export function clusterRules(context: RuleContext, live: Draft): ConfigProblem[] {
  const { version } = section(live, "cluster");
  const problems = kubernetesVersionProblems(String(version), new Date());
  return [
    ...ofComponent(context, "live.cluster", problems),
    ...serviceRangeRules(context, live),
    ...(problems.length === 0 ? kubeProxyRules(context, live) : []),
  ];
}

/** Address ranges that EKS takes for Services (API reference, KubernetesNetworkConfigRequest). */
const SERVICE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

function serviceRangeRules(context: RuleContext, live: Draft): ConfigProblem[] {
  const key = "live.cluster.serviceCidr";
  const { serviceCidr } = section(live, "cluster");
  const { vpcId, cidr } = section(live, "network");
  if (typeof serviceCidr !== "string" || isWrong(context, key)) return [];
  const network = vpcId === undefined && typeof cidr === "string" ? cidr : "";
  const allowed = isServiceRange(serviceCidr)
    ? `a range apart from that of live.network.cidr (${network})`
    : "a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, from /12 to /24";
  if (isServiceRange(serviceCidr) && !overlaps(serviceCidr, network)) return [];
  const free = overlaps("172.20.0.0/16", network) ? "10.100.0.0/16" : "172.20.0.0/16";
  return [{ key, given: serviceCidr, allowed, mend: context.mender.set(key, free) }];
}

function isServiceRange(cidr: string): boolean {
  const range = new Netmask(cidr);
  return (
    range.bitmask >= 12 &&
    range.bitmask <= 24 &&
    SERVICE_RANGES.some((whole) => new Netmask(whole).contains(range))
  );
}

/** Kubernetes takes a kube-proxy as old as three releases, and none that is newer than the API server. */
function kubeProxyRules({ raw, mender }: RuleContext, live: Draft): ConfigProblem[] {
  const { version } = section(live, "cluster");
  const { kubeProxy } = section(live, "addons");
  const cluster = minorOf(version);
  const proxy = minorOf(kubeProxy);
  if (cluster === undefined || proxy === undefined) return [];
  if (proxy <= cluster && proxy >= cluster - 3) return [];
  const key = "live.addons.kubeProxy";
  const given = shown(key.split("."), raw);
  return [
    {
      key,
      given: given === "nothing" ? `nothing, which stands for ${String(kubeProxy)}` : given,
      allowed: `a version for Kubernetes ${String(version)} (live.cluster.version), or up to three releases older`,
      mend:
        `aws eks describe-addon-versions --addon-name kube-proxy --kubernetes-version ${String(version)} ` +
        `tells which there are; then ${mender.set(key, `v${String(version)}.…`)}`,
    },
  ];
}

/** The 36 of `1.36` and of `v1.36.0-eksbuild.25`. */
function minorOf(version: unknown): number | undefined {
  const minor = /^v?1\.(\d+)(?:\.|$)/.exec(String(version))?.[1];
  return minor === undefined ? undefined : Number(minor);
}
