import { accessProblems } from "../components/live/accessProblems";
import type { Problem } from "../components/problem";
import type { ConfigProblem } from "./problem";
import { listOf, ofComponent, section, type Draft, type RuleContext } from "./ruleContext";

/** EKS takes one access entry for a role or user, whatever it is for. */
export function accessRules(context: RuleContext, live: Draft): ConfigProblem[] {
  const access = section(live, "access");
  const lists = {
    admins: listOf(access, "admins").map(String),
    readers: listOf(access, "readers").map(String),
    ci: listOf(access, "ci").map((entry) => ({
      principalArn: String(section({ entry }, "entry")["principalArn"]),
      // That there is one is the schema's to say.
      namespaces: ["any"],
    })),
    previews: listOf(access, "previews").map(String),
  };
  const problems = [
    ...accessProblems(lists),
    ...deployerProblems(live["deployerRoleArn"], {
      admins: lists.admins,
      readers: lists.readers,
      ci: lists.ci.map(({ principalArn }) => principalArn),
      previews: lists.previews,
    }),
  ];
  return ofComponent(context, "live.access", problems).map((problem) => ({
    ...problem,
    mend: context.mender.remove(entryOf(problem.key)),
  }));
}

/** Who deploys may do everything already. */
function deployerProblems(deployer: unknown, lists: Record<string, string[]>): Problem[] {
  return Object.entries(lists).flatMap(([name, arns]) =>
    [...arns.entries()]
      .filter(([, arn]) => arn === deployer)
      .map(([index, given]) => ({
        key: `${name}[${String(index)}]${name === "ci" ? ".principalArn" : ""}`,
        given,
        allowed: "somebody else than live.deployerRoleArn, which may do everything already",
      })),
  );
}

/** The whole entry in a list: without its principal it would be of nobody. */
function entryOf(key: string): string {
  return key.replace(/\.principalArn$/, "");
}
