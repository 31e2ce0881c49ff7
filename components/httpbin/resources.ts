import { withDefaults } from "../defaults";
import type { Problem } from "../problem";
import { CPU_ALLOWED, MEMORY_ALLOWED, parseCpu, parseMemory } from "./quantity";

/** Amounts of cpu (cores) and memory (bytes), as quantities. */
export interface ResourceAmounts {
  /** Cores, such as "100m" for a tenth of one. */
  cpu?: string;
  /** Bytes, such as "128Mi". */
  memory?: string;
}

/** What a pod is promised and what it may take at most. */
export interface ResourcesArgs {
  /** @default cpu "100m", memory "128Mi" */
  requests?: ResourceAmounts;
  /** @default cpu "1", memory "256Mi" */
  limits?: ResourceAmounts;
}

export const RESOURCE_DEFAULTS = {
  requests: { cpu: "100m", memory: "128Mi" },
  limits: { cpu: "1", memory: "256Mi" },
} satisfies ResourcesArgs;

/** Requests and limits with the defaults filled in. */
export function withResourceDefaults(args: ResourcesArgs): {
  requests: Required<ResourceAmounts>;
  limits: Required<ResourceAmounts>;
} {
  return {
    requests: withDefaults(RESOURCE_DEFAULTS.requests, args.requests ?? {}),
    limits: withDefaults(RESOURCE_DEFAULTS.limits, args.limits ?? {}),
  };
}

const KINDS = {
  cpu: { parse: parseCpu, allowed: CPU_ALLOWED },
  memory: { parse: parseMemory, allowed: MEMORY_ALLOWED },
} as const;

/** What is wrong with requests and limits. */
export function resourceProblems(args: ResourcesArgs): Problem[] {
  const { requests, limits } = withResourceDefaults(args);
  return (["cpu", "memory"] as const).flatMap((resource) => {
    const { parse, allowed } = KINDS[resource];
    const suggestion = RESOURCE_DEFAULTS.requests[resource];
    const problems: Problem[] = [];
    const check = (kind: "requests" | "limits", text: string): number | undefined => {
      const value = parse(text);
      if (value === undefined) {
        problems.push({ key: `resources.${kind}.${resource}`, given: text, allowed, suggestion });
      }
      return value;
    };
    const request = check("requests", requests[resource]);
    const limit = check("limits", limits[resource]);
    if (request !== undefined && limit !== undefined && request > limit) {
      problems.push({
        key: `resources.requests.${resource}`,
        given: requests[resource],
        allowed: `at most the limit, which is ${limits[resource]}`,
        suggestion: limits[resource],
      });
    }
    return problems;
  });
}
