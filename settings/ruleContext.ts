import type { Problem } from "../components/problem";
import { keyOf, shown, type RawConfig } from "./issues";
import type { Mender } from "./mend";
import type { ConfigProblem } from "./problem";

/** A config with its defaults filled in, of which nothing else is known yet. */
export type Draft = Record<string, unknown>;

/** What a rule that spans more than one key goes by. */
export interface RuleContext {
  draft: Draft;
  raw: RawConfig;
  mender: Mender;
  /** Keys that are already known to be wrong: what follows from them alone is no news. */
  wrong: ReadonlySet<string>;
}

/** A section of a draft; empty where there is none. */
export function section(values: Draft, key: string): Draft {
  const value = values[key];
  return typeof value === "object" && value !== null ? (value as Draft) : {};
}

/** A list of a draft; empty where there is none. */
export function listOf(values: Draft, key: string): unknown[] {
  const value = values[key];
  return Array.isArray(value) ? value : [];
}

/** Whether a key, or something that it is inside of, is already known to be wrong. */
export function isWrong({ wrong }: RuleContext, key: string): boolean {
  return [...wrong].some(
    (other) => key === other || key.startsWith(`${other}.`) || key.startsWith(`${other}[`),
  );
}

/** Problems of the keys, among some, that are given but would be ignored. */
export function unused(
  { raw, mender }: RuleContext,
  paths: string[][],
  because: string,
): ConfigProblem[] {
  const allowed = `must not be set, because ${because}`;
  return paths
    .filter((path) => shown(path, raw) !== "nothing")
    .map((path) => {
      const key = keyOf(path);
      return { key, given: shown(path, raw), allowed, mend: mender.remove(key) };
    });
}

/** A component's problems, as those of a section. */
export function ofComponent(
  { mender }: RuleContext,
  parent: string,
  problems: Problem[],
): ConfigProblem[] {
  return problems.map(({ suggestion, ...problem }) => {
    const key = `${parent}.${problem.key}`;
    const mend = suggestion === undefined ? mender.remove(key) : mender.set(key, suggestion);
    return { ...problem, key, mend };
  });
}
