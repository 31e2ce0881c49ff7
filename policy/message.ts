import type { RegisteredResource, Rule } from "./rule";

/** The stack of a URN: `urn:pulumi:STACK::PROJECT::TYPE::NAME`. */
export function stackOf(urn: string): string {
  return /^urn:pulumi:(.+?)::/.exec(urn)?.[1] ?? "";
}

/** What a violation says: the rule, the resource, what was found, what is allowed, how to mend it. */
export function message(
  rule: Rule,
  { type, name, urn }: RegisteredResource,
  found: string,
): string {
  const { cis = [] } = rule;
  const items = cis.length === 0 ? "" : ` (CIS EKS 1.7: ${cis.join(", ")})`;
  return [
    `${type} "${name}" breaks the rule ${rule.name}${items}.`,
    `  found:   ${found}`,
    `  allowed: ${rule.allowed}`,
    `  why:     ${rule.why}`,
    `  mend:    ${rule.mend(stackOf(urn))}`,
  ].join("\n");
}
