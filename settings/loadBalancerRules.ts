import { overlaps } from "../components/live/subnets";
import type { ConfigProblem } from "./problem";
import { listOf, section, unused, type Draft, type RuleContext } from "./ruleContext";

/** Where who reaches an internal load balancer comes from: private networks, and a tailnet (CGNAT). */
const INTERNAL_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** What the load balancer needs, and what it would ignore. */
export function loadBalancerRules(context: RuleContext, live: Draft): ConfigProblem[] {
  const loadBalancer = section(live, "loadBalancer");
  return [
    ...certificateRules(context, loadBalancer),
    ...(loadBalancer["accessLogsBucket"] === undefined
      ? unused(
          context,
          [["live", "loadBalancer", "accessLogsPrefix"]],
          "live.loadBalancer.accessLogsBucket is not: no access logs are written",
        )
      : []),
    ...(loadBalancer["scheme"] === "internal" ? internalRules(context, loadBalancer) : []),
  ];
}

function certificateRules({ mender }: RuleContext, loadBalancer: Draft): ConfigProblem[] {
  const { hostedZoneId, certificateArn } = loadBalancer;
  if (hostedZoneId !== undefined || certificateArn !== undefined) return [];
  return [
    {
      key: "live.loadBalancer.hostedZoneId",
      given: "nothing",
      allowed:
        "the Route 53 zone of app.host, for its certificate and record; or a certificate of " +
        "yours in live.loadBalancer.certificateArn",
      mend: mender.set("live.loadBalancer.hostedZoneId", "Z2ABCDEFGHIJKL"),
    },
  ];
}

/** A range of the internet lets in nobody, where nobody of the internet comes. */
function internalRules({ mender }: RuleContext, loadBalancer: Draft): ConfigProblem[] {
  return [...listOf(loadBalancer, "allowedCidrs").entries()]
    .filter(
      ([, cidr]) =>
        typeof cidr === "string" && !INTERNAL_RANGES.some((range) => overlaps(range, cidr)),
    )
    .map(([index, cidr]) => {
      const key = `live.loadBalancer.allowedCidrs[${String(index)}]`;
      return {
        key,
        given: JSON.stringify(cidr),
        allowed:
          "a range of a private network or a tailnet, as live.loadBalancer.scheme is internal",
        mend: mender.remove(key),
      };
    });
}
