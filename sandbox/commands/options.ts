import { InvalidArgumentError, Option, type Command } from "commander";

import { DEFAULT_NAME } from "../cluster/state";
import { STACKS } from "../stack/stacks";

export const nameOption = (): Option =>
  new Option("--name <name>", "name of the cluster; several may run").default(DEFAULT_NAME);

export const stackOption = (): Option =>
  new Option("--stack <stack>", "stack to run").choices(STACKS).default("home");

const contextOption = (): Option =>
  new Option(
    "--context <context>",
    "context of your kubeconfig: a cluster of your own (k3d, kind, k3s) takes the sandbox's place",
  ).conflicts(["name", "tier", "arm64", "install", "edge", "monitoring", "tailnet"]);

/** Gives a command the flags by which it finds the place of a stack. */
export function withPlaceFlags(command: Command): Command {
  return command.addOption(stackOption()).addOption(contextOption()).addOption(nameOption());
}

/** Takes a flag's value for a count. */
export function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It is no whole number above 0.");
  return Number(text);
}

/** Takes a flag's value for a TCP port. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("It is no port: those are whole numbers from 1 to 65535.");
}

/** Flags by which a command finds the place of a stack. */
export interface PlaceFlags {
  name: string;
  stack: string;
  context?: string;
}
