import type { Problem } from "../problem";
import { parseMemory } from "./quantity";

const MIB = 2 ** 20;

/**
 * Greatest share of the memory limit that the average may aim at. An average reaches the limit only
 * where every pod is about to be killed for it, so more pods must come well before.
 */
const GREATEST_SHARE = 0.8;

/** What decides which memory targets work; all amounts in bytes, as quantities. */
export interface MemoryTargetArgs {
  memoryTarget: string;
  /** Memory of a pod without load. */
  idleMemory: string;
  /** Memory limit of the container. */
  memoryLimit: string;
  minReplicas: number;
}

/**
 * What is wrong with a memory target. Where no target at all would do, it is the limit that is
 * wrong, and nothing is said of the target. Says nothing of an amount that it cannot read.
 */
export function memoryTargetProblems(args: MemoryTargetArgs): Problem[] {
  const { memoryTarget, idleMemory, memoryLimit, minReplicas } = args;
  const target = parseMemory(memoryTarget);
  const idle = parseMemory(idleMemory);
  const limit = parseMemory(memoryLimit);

  const least = idle === undefined ? 0 : leastMemoryTarget(idle, minReplicas);
  const most = limit === undefined ? Infinity : limit * GREATEST_SHARE;
  const leastMib = Math.ceil(least / MIB);
  if (leastMib > most / MIB) {
    const needed = `${String(Math.ceil(leastMib / GREATEST_SHARE))}Mi`;
    return [
      {
        key: "resources.limits.memory",
        given: memoryLimit,
        allowed: `at least ${needed}, as idleMemory is ${idleMemory}`,
        suggestion: needed,
      },
    ];
  }
  const problem = (allowed: string, suggestion: string): Problem[] => [
    { key: "autoscaling.memoryTarget", given: memoryTarget, allowed, suggestion },
  ];
  if (target === undefined) return [];
  if (target > most) {
    const greatest = `${String(Math.floor(most / MIB))}Mi`;
    const share = `${String(GREATEST_SHARE * 100)} % of the memory limit of ${memoryLimit}`;
    return problem(`at most ${greatest}, which is ${share}`, greatest);
  }
  if (target < least) {
    const suggestion = `${String(leastMib)}Mi`;
    const reason = `or pods that idle at ${idleMemory} never go back to minReplicas`;
    return problem(`at least ${suggestion}, ${reason}`, suggestion);
  }
  return [];
}

/**
 * The autoscaler asks for `ceil(pods * use / target)` pods. One pod above the minimum it must ask
 * for the minimum: `(min + 1) * idle / target <= min`, so `target >= idle * (min + 1) / min`. With a
 * minimum of one pod that is twice the idle use.
 */
function leastMemoryTarget(idle: number, minReplicas: number): number {
  return Number.isInteger(minReplicas) && minReplicas >= 1
    ? (idle * (minReplicas + 1)) / minReplicas
    : 0;
}
