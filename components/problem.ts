/** One thing that is wrong with what a user gave. */
export interface Problem {
  /** Dotted path of the argument, such as `autoscaling.maxReplicas`. */
  key: string;
  /** What was given, as it may be printed. */
  given: string;
  /** What is allowed, in words. */
  allowed: string;
  /** A value that would do, given all the others. */
  suggestion?: string | number;
}

/** Thrown by a component's constructor, before it makes any resource, with all problems at once. */
export class ArgumentError extends Error {
  override readonly name = "ArgumentError";

  constructor(
    readonly component: string,
    readonly problems: readonly Problem[],
  ) {
    const lines = problems.map(({ key, given, allowed }) => `  ${key}: ${given}; ${allowed}`);
    super(`${component} cannot be made of these arguments:\n${lines.join("\n")}`);
  }
}

/** Throws an {@link ArgumentError} unless there is no problem. */
export function refuse(component: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ArgumentError(component, problems);
}
