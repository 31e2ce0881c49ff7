import { InvalidArgumentError, Option, type Command } from "commander";

import { UserError } from "../host/userError";
import { GENERATOR_IMAGES, type GeneratorKind } from "./generator/jobs";

/** How load is made and judged, whatever it is put on. */
export interface LoadFlags {
  path: string;
  generator: GeneratorKind;
  image?: string;
  connections: number;
  /** Requests per second; 0: as many as get through. */
  rate: number;
  seconds: number;
  /** Requests per second that go on from before the load until the pods are gone again. */
  trickle: number;
  lead: number;
  within: number;
  scaleIn: boolean;
  through: "service" | "ingress";
  out?: string;
}

/**
 * A request for 2,048 random bytes takes about a millisecond of processor time, which httpbin draws
 * one by one. So a few hundred a second are a load, and not a flood of new connections.
 */
export const LOAD_DEFAULTS = {
  path: "/bytes/2048",
  generator: "fortio",
  connections: 16,
  rate: 300,
  seconds: 120,
  trickle: 5,
  lead: 10,
  within: 60,
  scaleIn: true,
  through: "service",
} as const satisfies LoadFlags;

/** Gives a command the flags of a load. */
export function withLoadFlags(command: Command): Command {
  const defaults = LOAD_DEFAULTS;
  const kinds = Object.keys(GENERATOR_IMAGES);
  const number = (flags: string, words: string, from: number, to: number, value: number): void => {
    command.addOption(
      new Option(flags, words).argParser(wholeNumberWithin(from, to)).default(value),
    );
  };
  command.addOption(
    new Option("--path <path>", "path that is asked for").argParser(path).default(defaults.path),
  );
  number(
    "--connections <n>",
    "connections that ask at the same time",
    1,
    1000,
    defaults.connections,
  );
  number("--rate <n>", "requests per second; 0: as many as get through", 0, 20_000, defaults.rate);
  number("--seconds <n>", "seconds for which load is kept up", 10, 3600, defaults.seconds);
  number(
    "--trickle <n>",
    "requests per second that go on until the pods have gone again, so that it is seen whether one fails on the way; 0: none",
    ...([0, 100, defaults.trickle] as const),
  );
  number("--lead <n>", "seconds that are looked at before the load", 0, 300, defaults.lead);
  number("--within <n>", "seconds in which all pods must be ready", 1, 3600, defaults.within);
  return command
    .option("--no-scale-in", "do not wait until the pods have gone again")
    .addOption(
      new Option("--through <way>", "what requests go to")
        .choices(["service", "ingress"])
        .default(defaults.through, "service; ingress in a sandbox with KEDA"),
    )
    .addOption(
      new Option(
        "--generator <kind>",
        "fortio counts requests; wget is a plain loop, with one connection after the other",
      )
        .choices(kinds)
        .default(defaults.generator),
    )
    .option(
      "--image <image>",
      `image of the generator (default: ${Object.values(GENERATOR_IMAGES).join(" or ")})`,
    )
    .option("--out <folder>", "folder for record and charts (default: one in ~/.local/state)");
}

/** @throws UserError where flags that are right by themselves do not go together. */
export function checkFlags({ seconds, within, rate, connections, generator }: LoadFlags): void {
  if (within > seconds) {
    throw new UserError(
      `--within ${String(within)} is longer than the load of ${String(seconds)} s: the pods would be waited for without any. Give at most ${String(seconds)}, or more --seconds.`,
    );
  }
  if (generator === "fortio" && rate > 0 && rate * seconds < 2 * connections) {
    throw new UserError(
      `--rate ${String(rate)} for ${String(seconds)} s is less than two requests for each of ${String(connections)} connections. Give fewer --connections, or a higher --rate.`,
    );
  }
}

/** Takes a flag's value for a whole number within bounds. */
export function wholeNumberWithin(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
    if (value >= from && value <= to) return value;
    throw new InvalidArgumentError(
      `A whole number from ${String(from)} to ${String(to)} is needed.`,
    );
  };
}

function path(text: string): string {
  if (/^\/[^\s"'\\]*$/.test(text)) return text;
  throw new InvalidArgumentError("A path such as /uuid is needed: a slash first, and no blanks.");
}
