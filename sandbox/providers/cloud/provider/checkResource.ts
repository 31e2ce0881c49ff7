import { createHash } from "node:crypto";

import type { JsonObject } from "../../skeleton/json";
import type { CheckFailure, CheckRequest, CheckResult } from "../../skeleton/resourceProvider";
import type { CloudType } from "../cloudType";
import { shapeOf, type Shape } from "../shapes";
import { typeOf } from "../table";
import { DEFAULTS } from "./state";

/** Hexadecimal digits of a made-up name: as many as the official provider has. */
const SUFFIX_LENGTH = 7;

/** Completes the inputs of a resource with a name, and says what is wrong with them. */
export function checkResource(request: CheckRequest): CheckResult {
  const type = typeOf(request.type);
  const { values, secrets } = request.news;
  const named = withName(type, values, request);
  const failures = [
    ...shapeProblems(shapeOf(request.type), named ?? values),
    ...(named === undefined ? [NAME_NEEDED(type.nameInput ?? "name")] : []),
    ...(type.check?.(values) ?? []),
  ];
  return { inputs: { values: named ?? values, secrets }, failures };
}

/** Inputs that are unknown to the SDK, and those that are missing. */
export function shapeProblems(shape: Shape, values: JsonObject): CheckFailure[] {
  const taken = [...shape.required, ...shape.optional];
  const unknown = Object.keys(values).filter((key) => !taken.includes(key) && key !== DEFAULTS);
  const missing = shape.required.filter((key) => values[key] === undefined);
  return [
    ...unknown.map((property) => ({
      property,
      reason: `there is no such input; taken are ${taken.sort().join(", ")}`,
    })),
    ...missing.map((property) => ({ property, reason: "is required, and not set" })),
  ];
}

/** @returns undefined where there is none, and the stack's config forbids to make one up. */
function withName(
  { nameInput }: CloudType,
  values: JsonObject,
  { olds, name, randomSeed, autonaming, type }: CheckRequest,
): JsonObject | undefined {
  const isNamed = (key: string): boolean =>
    values[key] !== undefined || values[`${key}Prefix`] !== undefined;
  if (nameInput === undefined || isNamed(nameInput)) return values;
  const made = (text: string): JsonObject => ({
    ...values,
    [nameInput]: text,
    [DEFAULTS]: [nameInput],
  });
  const before = olds.values[nameInput];
  if (isMadeUp(olds.values, nameInput) && typeof before === "string") return made(before);
  if (autonaming?.mode === "disable") return undefined;
  const hash = createHash("sha256").update(randomSeed).update(name).digest("hex");
  const text = autonaming?.proposedName ?? `${name}-${hash.slice(0, SUFFIX_LENGTH)}`;
  return made(type === "aws:kms/alias:Alias" ? `alias/${text}` : text);
}

/** Whether an input was made up here. */
export function isMadeUp(inputs: JsonObject, key: string): boolean {
  const defaults = inputs[DEFAULTS];
  return Array.isArray(defaults) && defaults.includes(key);
}

const NAME_NEEDED = (property: string): CheckFailure => ({
  property,
  reason: "is not set, and the stack's config (pulumi:autonaming) forbids to make up a name",
});
