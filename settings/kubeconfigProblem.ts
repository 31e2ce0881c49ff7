/** Something wrong with a kubeconfig. No text in it comes from the kubeconfig's secret parts. */
export interface KubeconfigProblem {
  /** What the kubeconfig is. */
  given: string;
  /** What it should be. */
  allowed: string;
  /** What to do before the kubeconfig is given anew. */
  first?: string;
  /** A context that the kubeconfig has, where the one that is asked for is the problem. */
  context?: string;
}

/** Thrown by what looks at a kubeconfig, and caught there. */
export class UnusableKubeconfig extends Error {
  constructor(readonly problem: KubeconfigProblem) {
    super(problem.given);
  }
}
