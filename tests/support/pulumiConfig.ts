import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { promisify } from "node:util";

type Config = Record<string, unknown>;

/** A `pulumi config` command, as a shell hands it over. */
export interface ConfigCommand {
  verb: "set" | "rm";
  /** Path of the key, from the top-level one on. */
  path: string[];
  /** Value of `set`; undefined where it is asked for or read from a file. */
  value?: string;
  isPath: boolean;
}

/**
 * The command in the mend of a problem.
 *
 * @returns undefined where the mend starts with something else than a command.
 */
export async function commandOf(mend: string): Promise<ConfigCommand | undefined> {
  const [command = ""] = mend.split(/, and set | < /);
  if (!command.startsWith("pulumi config ")) return undefined;
  const [verb, ...options] = await words(command.slice("pulumi config ".length));
  assert.ok(verb === "set" || verb === "rm", mend);
  const [key = "", value] = options.filter(
    (word, index) => !word.startsWith("--") && options[index - 1] !== "--stack",
  );
  const isPath = options.includes("--path");
  const path = isPath ? key.split(/[.[\]]+/).filter((part) => part !== "") : [key];
  return { verb, path, isPath, ...(value !== undefined && { value }) };
}

/** The words that a shell makes of a command line. */
async function words(commandLine: string): Promise<string[]> {
  const { stdout } = await promisify(execFile)("sh", ["-c", `printf '%s\\n' ${commandLine}`]);
  return stdout.trimEnd().split("\n");
}

/** Does to a config what a command does; a secret's value is `secret`. */
export function apply(config: Config, { verb, path, value, isPath }: ConfigCommand): void {
  const [top = "", ...rest] = path;
  const parents = [`k8s-test:${top}`, ...rest];
  const last = parents.pop() ?? "";
  let parent = config;
  for (const [index, name] of parents.entries()) {
    parent[name] ??= isIndex(parents[index + 1] ?? last) ? [] : {};
    parent = parent[name] as Config;
  }
  if (verb === "set") parent[last] = isPath ? typed(value ?? "") : value;
  else if (Array.isArray(parent)) parent.splice(Number(last), 1);
  else Reflect.deleteProperty(parent, last);
}

/** Whether a part of a path is a place in a list. */
function isIndex(part: string): boolean {
  return /^\d+$/.test(part);
}

/** What `--path` makes of a value: a number or a boolean of what looks like one. */
function typed(value: string): unknown {
  if (value === "true" || value === "false") return value === "true";
  return /^(?:0|-?[1-9]\d*)$/.test(value) ? Number(value) : value;
}
