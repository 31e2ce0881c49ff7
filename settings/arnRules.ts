import { keyOf, shown } from "./issues";
import type { ConfigProblem } from "./problem";
import { listOf, section, type Draft, type RuleContext } from "./ruleContext";

type Path = (string | number)[];

/** What is named must be in the stack's account and region: elsewhere AWS does not find it. */
export function arnRules(context: RuleContext): ConfigProblem[] {
  const { raw, mender, wrong } = context;
  const live = section(context.draft, "live");
  const given = (key: string): unknown => (wrong.has(`live.${key}`) ? undefined : live[key]);
  const [region, account] = [given("region"), given("accountId")];
  const partition = partitionOf(region);
  return arnsOf(live).flatMap(([path, arn]) => {
    const key = keyOf(["live", ...path]);
    if (typeof arn !== "string" || wrong.has(key)) return [];
    const fields = arn.split(":");
    // An ARN of IAM has no region.
    const isRegional = fields[3] !== "";
    const parts = [
      { place: 1, right: partition, what: `an ARN that begins with arn:${String(partition)}:` },
      { place: 3, right: isRegional ? region : "", what: `one in live.region (${String(region)})` },
      { place: 4, right: account, what: `one of live.accountId (${String(account)})` },
    ].filter(({ place, right }) => typeof right === "string" && fields[place] !== right);
    const [first] = parts;
    if (first === undefined) return [];
    const mended = parts.reduce((all, { place, right }) => all.with(place, String(right)), fields);
    return [
      {
        key,
        given: shown(["live", ...path], raw),
        allowed: first.what,
        mend: mender.set(key, mended.join(":")),
      },
    ];
  });
}

/** AWS itself, or the part of it in China or for the US government; unknown of any other. */
function partitionOf(region: unknown): string | undefined {
  const [, start = ""] = /^(cn|us-gov|us-iso|eu-iso|eusc)?/.exec(String(region)) ?? [];
  const partitions: Readonly<Record<string, string>> = {
    "": "aws",
    cn: "aws-cn",
    "us-gov": "aws-us-gov",
  };
  return region === undefined ? undefined : partitions[start];
}

/** Every ARN of a stack in the cloud, with where it stands. */
function arnsOf(live: Draft): [Path, unknown][] {
  const access = section(live, "access");
  const principals = ["admins", "readers", "previews"].flatMap((list) =>
    [...listOf(access, list).entries()].map(([index, arn]): [Path, unknown] => [
      ["access", list, index],
      arn,
    ]),
  );
  const ci = [...listOf(access, "ci").entries()].map(([index, entry]): [Path, unknown] => [
    ["access", "ci", index, "principalArn"],
    section({ entry }, "entry")["principalArn"],
  ]);
  return [
    [["deployerRoleArn"], live["deployerRoleArn"]],
    [["cluster", "kmsKeyArn"], section(live, "cluster")["kmsKeyArn"]],
    [["loadBalancer", "certificateArn"], section(live, "loadBalancer")["certificateArn"]],
    [["loadBalancer", "webAclArn"], section(live, "loadBalancer")["webAclArn"]],
    ...principals,
    ...ci,
  ];
}
