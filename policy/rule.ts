import type { Value, Values } from "./inputs";

/** A resource that a program has registered, with its inputs as the provider has completed them. */
export interface RegisteredResource {
  urn: string;
  /** Such as `aws:kms/key:Key`. */
  type: string;
  name: string;
  inputs: Values;
  /** URN of its provider. @default a component, which has none, or a provider */
  provider?: string;
}

interface About {
  /** Name, in lower case with hyphens. */
  name: string;
  /** What must be so, in one sentence. */
  demands: string;
  /** What happens where it is not. */
  why: string;
  /** What is allowed, in the words of a message. */
  allowed: string;
  /** How to mend it: where in the code, or by which command. */
  mend: (stack: string) => string;
  /** Items of the CIS EKS Benchmark 1.7 that it judges, such as `5.4.2`. @default none */
  cis?: readonly string[];
}

/** A rule that a resource follows or breaks by itself: judged before anything of it is made. */
export interface ResourceRule extends About {
  /** Types that it is about. @default all */
  types?: readonly string[];
  /** @returns what was found wrong, in words; nothing where the rule is followed. */
  judge: (resource: RegisteredResource) => readonly string[] | Promise<readonly string[]>;
}

/** A rule about how resources go together: judged once all are known. */
export interface StackRule extends About {
  judgeAll: (resources: readonly RegisteredResource[]) => readonly Finding[];
}

export type Rule = ResourceRule | StackRule;

/** What was found wrong with a resource, in words. */
export interface Finding {
  resource: RegisteredResource;
  found: string;
}

export function isStackRule(rule: Rule): rule is StackRule {
  return "judgeAll" in rule;
}

/** Those of some types, in their order. */
export function ofType(
  resources: readonly RegisteredResource[],
  ...types: readonly string[]
): RegisteredResource[] {
  return resources.filter(({ type }) => types.includes(type));
}

/** Has a rule about single resources judge many. */
export async function judge(
  rule: Rule,
  resources: readonly RegisteredResource[],
): Promise<Finding[]> {
  if (isStackRule(rule)) return [...rule.judgeAll(resources)];
  const findings: Finding[] = [];
  for (const resource of resources) {
    if (rule.types?.includes(resource.type) === false) continue;
    for (const found of await rule.judge(resource)) findings.push({ resource, found });
  }
  return findings;
}

/** Of a list, what is said of each member that there is something to say of. */
export function each(
  list: readonly Value[],
  say: (member: Value, index: number) => string | undefined,
): string[] {
  return list.map(say).filter((text) => text !== undefined);
}
