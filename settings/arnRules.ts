import { shown } from "./issues";
import type { ConfigProblem } from "./problem";
import { section, type RuleContext } from "./ruleContext";

/** ARNs of a stack in the cloud, by where they stand. */
const ARNS = [
  ["live", "deployerRoleArn"],
  ["live", "cluster", "kmsKeyArn"],
  ["live", "loadBalancer", "certificateArn"],
  ["live", "loadBalancer", "webAclArn"],
];

/** What is named must be in the stack's account and region: elsewhere AWS does not find it. */
export function arnRules(context: RuleContext): ConfigProblem[] {
  const { draft, raw, mender, wrong } = context;
  const live = section(draft, "live");
  const wanted = {
    region: wrong.has("live.region") ? undefined : live["region"],
    account: wrong.has("live.accountId") ? undefined : live["accountId"],
  };
  return [...ARNS, ...principals(section(live, "access"))].flatMap((path) => {
    const key = path.join(".").replaceAll(/\.(\d+)/g, "[$1]");
    const value = path.reduce<unknown>(
      (here, part) => (here as Record<string, unknown> | undefined)?.[part],
      draft,
    );
    if (typeof value !== "string" || wrong.has(key)) return [];
    const fields = value.split(":");
    const [, , , region, account] = fields;
    const isElsewhere = region !== "" && wanted.region !== undefined && region !== wanted.region;
    const isOthers = wanted.account !== undefined && account !== wanted.account;
    if (!isElsewhere && !isOthers) return [];
    const allowed = isElsewhere
      ? `one in live.region (${String(wanted.region)})`
      : `one of live.accountId (${String(wanted.account)})`;
    const right = fields.with(3, isElsewhere ? String(wanted.region) : (region ?? ""));
    const mend = mender.set(
      key,
      (isOthers ? right.with(4, String(wanted.account)) : right).join(":"),
    );
    return [{ key, given: shown(path.map(indexOf), raw), allowed, mend }];
  });
}

function principals(access: Record<string, unknown>): string[][] {
  const lengthOf = (key: string): number => {
    const value = access[key];
    return Array.isArray(value) ? value.length : 0;
  };
  const paths = (key: string, ...rest: string[]): string[][] =>
    Array.from({ length: lengthOf(key) }, (_, index) => [
      ...["live", "access", key, String(index)],
      ...rest,
    ]);
  return [...paths("admins"), ...paths("readers"), ...paths("ci", "principalArn")];
}

/** A place in a list as a number, as problems are told with. */
function indexOf(part: string): PropertyKey {
  return /^\d+$/.test(part) ? Number(part) : part;
}
