import { accessProblems } from "../components/live/accessProblems";
import { kubernetesVersionProblems } from "../components/live/kubernetesVersions";
import { nodesProblems, type NodesShape } from "../components/live/nodesProblems";
import { networkProblems, overlaps } from "../components/live/subnets";
import type { Problem } from "../components/problem";
import { arnRules } from "./arnRules";
import { shown } from "./issues";
import type { ConfigProblem } from "./problem";
import { section, unused, type Draft, type RuleContext } from "./ruleContext";

/** What a stack in the cloud needs, what cannot be together, and what would be ignored. */
export function liveRules(context: RuleContext): ConfigProblem[] {
  const live = section(context.draft, "live");
  return [
    ...tailnetRules(context),
    ...networkRules(context, section(live, "network"), section(live, "loadBalancer")),
    ...clusterRules(context, live),
    ...ofComponent(context, "live.nodes", nodesProblemsOf(section(live, "nodes"))),
    ...ofComponent(context, "live.access", accessProblemsOf(section(live, "access"))),
    ...loadBalancerRules(context, section(live, "loadBalancer")),
    ...arnRules(context),
  ];
}

function tailnetRules({ raw, mender }: RuleContext): ConfigProblem[] {
  if (raw.values["tailscaleOauthSecret"] !== undefined) return [];
  return [
    {
      key: "tailscaleOauthSecret",
      given: "nothing",
      allowed: "the secret of the Tailscale OAuth client in live.tailnet.oauthClientId",
      mend: mender.set("tailscaleOauthSecret", ""),
    },
  ];
}

const NEW_NETWORK = ["cidr", "zones", "nat", "interfaceEndpoints", "flowLogRetentionDays"];

function networkRules(context: RuleContext, network: Draft, loadBalancer: Draft): ConfigProblem[] {
  const path = (key: string): string[] => ["live", "network", key];
  if (network["vpcId"] === undefined) {
    const given = { cidr: String(network["cidr"]), zones: Number(network["zones"]) };
    return [
      ...unused(
        context,
        ["publicSubnetIds", "privateSubnetIds"].map(path),
        "live.network.vpcId is not: subnets are made",
      ),
      ...ofComponent(context, "live.network", networkProblems(given)),
    ];
  }
  const needed = [
    "privateSubnetIds",
    ...(loadBalancer["scheme"] === "internet-facing" ? ["publicSubnetIds"] : []),
  ];
  return [
    ...unused(context, NEW_NETWORK.map(path), "live.network.vpcId is: its network is as it is"),
    ...needed.flatMap((key) => subnetRule(context, key, network[key])),
  ];
}

function subnetRule(
  { raw, mender, wrong }: RuleContext,
  name: string,
  ids: unknown,
): ConfigProblem[] {
  const key = `live.network.${name}`;
  const isEnough = Array.isArray(ids) && new Set(ids).size >= 2 && new Set(ids).size === ids.length;
  if (isEnough || [...wrong].some((other) => other.startsWith(key))) return [];
  const why = name === "publicSubnetIds" ? ", as live.loadBalancer.scheme is internet-facing" : "";
  return [
    {
      key,
      given: shown(["live", "network", name], raw),
      allowed: `subnets of the VPC in at least two zones, each once${why}`,
      mend: mender.set(`${key}[0]`, "subnet-0123456789abcdef0"),
    },
  ];
}

function clusterRules(context: RuleContext, live: Draft): ConfigProblem[] {
  const { mender, wrong } = context;
  const { version, serviceCidr } = section(live, "cluster");
  const { vpcId, cidr } = section(live, "network");
  const problems = wrong.has("live.cluster.version")
    ? []
    : ofComponent(context, "live.cluster", kubernetesVersionProblems(String(version), new Date()));
  const key = "live.cluster.serviceCidr";
  if (typeof serviceCidr !== "string" || wrong.has(key)) return problems;
  const range = serviceRangeProblem(serviceCidr);
  const clashes = vpcId === undefined && overlaps(serviceCidr, String(cidr));
  if (range === undefined && !clashes) return problems;
  const allowed = range ?? `a range apart from that of live.network.cidr (${String(cidr)})`;
  const free = overlaps("172.20.0.0/16", String(cidr)) ? "10.100.0.0/16" : "172.20.0.0/16";
  return [...problems, { key, given: serviceCidr, allowed, mend: mender.set(key, free) }];
}

/** What EKS takes for Services (API reference, KubernetesNetworkConfigRequest). */
function serviceRangeProblem(cidr: string): string | undefined {
  const bits = Number(cidr.split("/")[1]);
  const isPrivate = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].some((range) =>
    overlaps(range, cidr),
  );
  if (isPrivate && bits >= 12 && bits <= 24) return undefined;
  return "a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, from /12 to /24";
}

function nodesProblemsOf(nodes: Draft): Problem[] {
  // What the schema has found wrong is said already: the rules are about the numbers together.
  return nodesProblems({
    image: "bottlerocket",
    instanceTypes: ["t4g.medium"],
    ...(nodes as Pick<NodesShape, "minSize" | "maxSize" | "desiredSize">),
  }).filter(({ key }) => key.endsWith("Size"));
}

function accessProblemsOf(access: Draft): Problem[] {
  const lists = (key: string): unknown[] => (Array.isArray(access[key]) ? access[key] : []);
  const texts = (values: unknown[]): string[] =>
    values.filter((value): value is string => typeof value === "string");
  const ci = lists("ci").map((entry) => {
    const { principalArn } = entry as { principalArn?: unknown };
    return { principalArn: String(principalArn), namespaces: ["any"] };
  });
  return accessProblems({ admins: texts(lists("admins")), readers: texts(lists("readers")), ci });
}

function loadBalancerRules(context: RuleContext, loadBalancer: Draft): ConfigProblem[] {
  const { mender } = context;
  const problems: ConfigProblem[] = [];
  if (loadBalancer["hostedZoneId"] === undefined && loadBalancer["certificateArn"] === undefined) {
    problems.push({
      key: "live.loadBalancer.hostedZoneId",
      given: "nothing",
      allowed:
        "the Route 53 zone of app.host, for its certificate and record; or a certificate of " +
        "yours in live.loadBalancer.certificateArn",
      mend: mender.set("live.loadBalancer.hostedZoneId", "Z2ABCDEFGHIJKL"),
    });
  }
  if (loadBalancer["accessLogsBucket"] === undefined) {
    problems.push(
      ...unused(
        context,
        [["live", "loadBalancer", "accessLogsPrefix"]],
        "live.loadBalancer.accessLogsBucket is not: no access logs are written",
      ),
    );
  }
  return problems;
}

/** A component's problems, as those of a section; not of keys that are known to be wrong. */
function ofComponent(
  { mender, wrong }: RuleContext,
  parent: string,
  problems: Problem[],
): ConfigProblem[] {
  return problems
    .map(({ suggestion, ...problem }) => {
      const key = `${parent}.${problem.key}`;
      const mend = suggestion === undefined ? mender.remove(key) : mender.set(key, suggestion);
      return { ...problem, key, mend };
    })
    .filter(({ key }) => !wrong.has(key));
}
