import { nodesProblems, type NodesShape } from "../components/live/nodesProblems";
import { networkProblems } from "../components/live/subnets";
import type { Problem } from "../components/problem";
import { accessRules } from "./accessRules";
import { arnRules } from "./arnRules";
import { clusterRules } from "./clusterRules";
import { loadBalancerRules } from "./loadBalancerRules";
import type { ConfigProblem } from "./problem";
import { repeatRules } from "./repeatRules";
import { isWrong, ofComponent, section, unused, type Draft, type RuleContext } from "./ruleContext";

/** What a stack in the cloud needs, what cannot be together, and what would be ignored. */
export function liveRules(context: RuleContext): ConfigProblem[] {
  const live = section(context.draft, "live");
  return [
    ...tailnetRules(context),
    ...networkRules(context, section(live, "network"), section(live, "loadBalancer")),
    ...clusterRules(context, live),
    ...ofComponent(context, "live.nodes", nodesProblemsOf(section(live, "nodes"))),
    ...accessRules(context, live),
    ...loadBalancerRules(context, live),
    ...arnRules(context),
    ...repeatRules(context, live),
  ].filter(({ key }) => !isWrong(context, key));
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
    ...needed.flatMap((key) => subnetRules(context, key, network[key])),
  ];
}

/** Two subnets at least, each once: a place in the list for each that is missing, or there again. */
function subnetRules({ mender }: RuleContext, name: string, given: unknown): ConfigProblem[] {
  const ids: unknown[] = Array.isArray(given) ? given : [];
  const places = Array.from({ length: Math.max(ids.length, 2) }, (_, place) => place).filter(
    (place) => place >= ids.length || ids.indexOf(ids[place]) < place,
  );
  const why = name === "publicSubnetIds" ? ", as live.loadBalancer.scheme is internet-facing" : "";
  return places.map((place) => {
    const key = `live.network.${name}[${String(place)}]`;
    return {
      key,
      given: place < ids.length ? JSON.stringify(ids[place]) : "nothing",
      allowed: `a subnet of the VPC: at least two, of two zones, each once${why}`,
      mend: mender.set(key, `subnet-0123456789abcdef${String(place)}`),
    };
  });
}

function nodesProblemsOf(nodes: Draft): Problem[] {
  // What the schema has found wrong is said already: the rules are about the numbers together.
  return nodesProblems({
    ...(nodes as Pick<NodesShape, "minSize" | "maxSize" | "desiredSize">),
    image: "bottlerocket",
    instanceTypes: ["t4g.medium"],
  });
}
