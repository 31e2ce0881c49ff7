import type { Problem } from "../problem";

export interface CiAccess {
  principalArn: string;
  /** At least one. */
  namespaces: string[];
}

/** Who is given rights on a cluster, by ARN. */
export interface Principals {
  admins: string[];
  readers: string[];
  ci: CiAccess[];
  previews: string[];
}

/** What is wrong with who is given rights. */
export function accessProblems({ admins, readers, ci, previews }: Principals): Problem[] {
  const problems: Problem[] = [];
  const seen = new Map<string, string>();
  const all = [
    ...admins.map((arn, index) => [`admins[${String(index)}]`, arn] as const),
    ...readers.map((arn, index) => [`readers[${String(index)}]`, arn] as const),
    ...ci.map(
      ({ principalArn }, index) => [`ci[${String(index)}].principalArn`, principalArn] as const,
    ),
    ...previews.map((arn, index) => [`previews[${String(index)}]`, arn] as const),
  ];
  for (const [key, arn] of all) {
    const before = seen.get(arn);
    if (before === undefined) seen.set(arn, key);
    else {
      const allowed = `one entry for each role or user: ${before} names it already`;
      problems.push({ key, given: arn, allowed });
    }
  }
  for (const [index, { namespaces }] of ci.entries()) {
    if (namespaces.length > 0) continue;
    const key = `ci[${String(index)}].namespaces`;
    problems.push({ key, given: "none", allowed: "at least one namespace" });
  }
  return problems;
}
