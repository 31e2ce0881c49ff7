import type { Accepted } from "./accepted";
import type { Finding } from "./finding";

/** A finding, with the reason for which it is accepted where there is one. */
export interface JudgedFinding extends Finding {
  reason?: string;
}

export interface Verdict {
  findings: JudgedFinding[];
  /** Those that nobody has given a reason for. */
  unexplained: JudgedFinding[];
  /** What is accepted in this stack and was not found. */
  unused: Accepted[];
}

/** Tells the findings that are accepted in a stack from those that are not. */
export function judge(
  found: readonly Finding[],
  accepted: readonly Accepted[],
  stack: string,
): Verdict {
  const here = accepted.filter(({ stacks }) => stacks.includes(stack));
  const findings = found.map((finding): JudgedFinding => {
    const reason = here.find((one) => isSame(one, finding))?.reason;
    return { ...finding, ...(reason !== undefined && { reason }) };
  });
  return {
    findings,
    unexplained: findings.filter(({ reason }) => reason === undefined),
    unused: here.filter((one) => !found.some((finding) => isSame(one, finding))),
  };
}

function isSame(accepted: Accepted, { scanner, check, object }: Finding): boolean {
  return accepted.scanner === scanner && accepted.check === check && accepted.object === object;
}
