import { keyOf } from "./issues";
import type { ConfigProblem } from "./problem";
import { listOf, section, type Draft, type RuleContext } from "./ruleContext";

/** Lists of a stack in the cloud in which a second mention says nothing, or is refused by AWS. */
const LISTS = [
  ["network", "interfaceEndpoints"],
  ["nodes", "instanceTypes"],
  ["loadBalancer", "allowedCidrs"],
] as const;

/** What is in a list a second time. */
export function repeatRules({ mender }: RuleContext, live: Draft): ConfigProblem[] {
  const ci = listOf(section(live, "access"), "ci").map((entry, index) => ({
    path: ["access", "ci", index, "namespaces"],
    values: listOf(section({ entry }, "entry"), "namespaces"),
  }));
  const lists = LISTS.map(([name, list]) => ({
    path: [name, list],
    values: listOf(section(live, name), list),
  }));
  return [...lists, ...ci].flatMap(({ path, values }) =>
    [...values.entries()]
      .filter(([index, value]) => value !== undefined && values.indexOf(value) < index)
      .map(([index, value]) => {
        const key = keyOf(["live", ...path, index]);
        const first = keyOf(["live", ...path, values.indexOf(value)]);
        const given = JSON.stringify(value);
        return { key, given, allowed: `each once: it is ${first} too`, mend: mender.remove(key) };
      }),
  );
}
