import * as pulumi from "@pulumi/pulumi";

import type { Problem } from "../components/problem";

/** A problem of a stack's config, with the command that mends it. */
export interface ConfigProblem extends Problem {
  mend: string;
}

/**
 * Thrown before any resource is made, with every problem of the config at once. A `RunError`, so
 * that the engine prints the message alone, without a stack trace.
 */
export class ConfigError extends pulumi.RunError {
  constructor(
    stack: string,
    readonly problems: readonly ConfigProblem[],
  ) {
    super(message(stack, problems));
    this.name = "ConfigError";
    // Nothing is to be learnt from it, and the engine's handlers take half a minute to look at it.
    this.stack = this.message;
  }
}

function message(stack: string, problems: readonly ConfigProblem[]): string {
  const count = problems.length === 1 ? "1 setting is" : `${String(problems.length)} settings are`;
  const items = problems.map(({ key, given, allowed, mend }, index) =>
    [
      `${String(index + 1)}. ${key}`,
      `   given:   ${given}`,
      `   allowed: ${allowed}`,
      `   mend:    ${mend}`,
    ].join("\n"),
  );
  return [
    `${count} wrong in the config of stack "${stack}". Nothing has been made or changed.`,
    ...items,
  ].join("\n\n");
}
