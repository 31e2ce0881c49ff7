import { autoscalingProblems } from "../components/httpbin/autoscaling";
import { namespaceProblems } from "../components/httpbin/names";
import { resourceProblems } from "../components/httpbin/resources";
import type { ConfigProblem } from "./problem";
import { section, type Draft, type RuleContext } from "./ruleContext";

/** Stands for a value that is known to be wrong: nothing can be read from it. */
const UNREADABLE = "";

/** The component's own rules, so that they are held before anything is made. */
export function appRules({ draft, wrong, mender }: RuleContext): ConfigProblem[] {
  const app = readable(section(draft, "app"), "app", wrong);
  const resources = section(app, "resources");
  const limits = section(resources, "limits");
  const problems = [
    ...namespaceProblems(String(app["namespace"]), app["createNamespace"] === true),
    ...resourceProblems({ requests: section(resources, "requests"), limits }),
    ...autoscalingProblems(section(app, "autoscaling"), String(limits["memory"])),
  ];
  return problems.map(({ suggestion, ...problem }) => {
    const key = `app.${problem.key}`;
    return { ...problem, key, mend: mender.set(key, suggestion ?? "") };
  });
}

/** A section without the values that are known to be wrong. */
function readable(values: Draft, parent: string, wrong: ReadonlySet<string>): Draft {
  const entries = Object.entries(values).map(([name, value]) => {
    const key = `${parent}.${name}`;
    if (wrong.has(key)) return [name, UNREADABLE] as const;
    const isSection = typeof value === "object" && value !== null;
    return [name, isSection ? readable(value as Draft, key, wrong) : value] as const;
  });
  return Object.fromEntries(entries);
}
