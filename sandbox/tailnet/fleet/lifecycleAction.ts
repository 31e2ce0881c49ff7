import { parseArgs } from "node:util";

/** What an instance says to its group. */
export interface LifecycleAction {
  group: string;
  hook: string;
  instance: string;
  result: "CONTINUE" | "ABANDON";
}

/**
 * Reads the arguments of `aws autoscaling complete-lifecycle-action`.
 *
 * @param command All that follows `aws`, with a space between two arguments.
 * @throws where it is another command, or an argument is missing or unknown.
 */
export function readLifecycleAction(command: string): LifecycleAction {
  const option = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    args: command.split(" "),
    allowPositionals: true,
    options: {
      "auto-scaling-group-name": option,
      "lifecycle-hook-name": option,
      "instance-id": option,
      "lifecycle-action-result": option,
    },
  });
  const {
    "auto-scaling-group-name": group,
    "lifecycle-hook-name": hook,
    "instance-id": instance,
    "lifecycle-action-result": result,
  } = values;
  if (
    positionals.join(" ") !== "autoscaling complete-lifecycle-action" ||
    group === undefined ||
    hook === undefined ||
    instance === undefined ||
    (result !== "CONTINUE" && result !== "ABANDON")
  ) {
    throw new Error(
      `aws: error: expected "autoscaling complete-lifecycle-action" with --auto-scaling-group-name, --lifecycle-hook-name, --instance-id and --lifecycle-action-result CONTINUE or ABANDON, not "${command}"`,
    );
  }
  return { group, hook, instance, result };
}
