import { JSONPath } from "jsonpath-plus";

import { textAt, type Json, type JsonObject } from "../../skeleton/json";
import { condition, explain, isObserved } from "./conditions";
import { READY, waiting, type ReadinessRule } from "./readiness";

/** Names what an object is waited for, in place of its kind's own rule. */
export const WAIT_FOR = "pulumi.com/waitFor";

/**
 * Reads the annotation: `condition=TYPE`, `condition=TYPE=STATUS`, `jsonpath={PATH}`,
 * `jsonpath={PATH}=VALUE`, or a JSON list of these, all of which must hold.
 *
 * @throws Error that says what is wrong with it.
 */
export function parseWaitFor(text: string): ReadinessRule {
  const rules = expressions(text).map(ruleOf);
  return async (object, near) => {
    for (const rule of rules) {
      const found = await rule(object, near);
      if (!found.isReady) return found;
    }
    return READY;
  };
}

function expressions(text: string): string[] {
  if (!text.startsWith("[")) return [text];
  try {
    const list = JSON.parse(text) as Json;
    if (Array.isArray(list) && list.every((item) => typeof item === "string")) return list;
  } catch {
    // Said below.
  }
  throw refusal(text);
}

function ruleOf(text: string): ReadinessRule {
  const [, type, status = "True"] = /^condition=([^=]+)(?:=(.+))?$/.exec(text) ?? [];
  if (type !== undefined) return conditionRule(type, status);
  const [, path, value] = /^jsonpath=\{(.+)\}(?:=(.+))?$/.exec(text) ?? [];
  if (path !== undefined) return pathRule(path, value);
  throw refusal(text);
}

function conditionRule(type: string, status: string): ReadinessRule {
  return (object) => {
    const found = condition(object, type);
    // A status that is about an earlier version of the object says nothing of this one.
    if (isObserved(object) && textAt(found, "status")?.toLowerCase() === status.toLowerCase()) {
      return READY;
    }
    const told = explain(found);
    return waiting(
      `condition ${type} to be ${status}`,
      told === "" ? [`the object has no condition ${type} with a reason`] : [told],
    );
  };
}

function pathRule(path: string, value: string | undefined): ReadinessRule {
  return (object: JsonObject) => {
    const found = JSONPath<unknown[]>({ path: `$${path}`, json: object, wrap: true });
    const isThere =
      value === undefined ? found.length > 0 : found.some((item) => String(item) === value);
    if (isThere) return READY;
    const wanted = value === undefined ? `a value at ${path}` : `${path} to be ${value}`;
    return waiting(wanted, [
      `it is ${found.length === 0 ? "not there" : JSON.stringify(found.length > 1 ? found : found[0])}`,
    ]);
  };
}

function refusal(text: string): Error {
  return new Error(
    `The annotation ${WAIT_FOR} is ${JSON.stringify(text)}, but must be condition=TYPE, ` +
      "condition=TYPE=STATUS, jsonpath={PATH}, jsonpath={PATH}=VALUE, or a JSON list of these.",
  );
}
