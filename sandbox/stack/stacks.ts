/** Stacks that the sandbox can run. */
export const STACKS = ["home", "live"] as const;

/** Whether what a stack runs on, but for the cluster itself, is simulated. */
export function isInCloud(stack: string): boolean {
  return stack === "live";
}
