import { isObject, type Json, type JsonObject, type Path } from "../skeleton/json";
import type { Properties } from "../skeleton/properties";
import { fieldManagerOf } from "./naming";

/** Fields of a Secret that are secret, whatever the program says of them. */
const SECRET_FIELDS = ["data", "stringData"] as const;

/** Inputs with all secrets marked. */
export function inputsWithSecrets(values: JsonObject, secrets: Path[]): Properties {
  return { values, secrets: outermost([...ofKind(values), ...secrets]) };
}

/**
 * The state of an object: what is there, and what was asked for. What is secret among the inputs is
 * secret wherever it comes back.
 *
 * @param live - The object, as the server has it.
 */
export function stateOf(
  live: JsonObject,
  inputs: Properties,
  about: { fieldManager: string },
): Properties {
  const values = {
    ...live,
    metadata: withoutManagedFields(live["metadata"]),
    __inputs: inputs.values,
    __initialApiVersion: live["apiVersion"] ?? null,
    __fieldManager: about.fieldManager,
  };
  const secrets = [...ofKind(live), ...inputs.secrets];
  return {
    values,
    secrets: outermost([...secrets, ...secrets.map((path) => ["__inputs", ...path])]),
  };
}

function ofKind(object: JsonObject): Path[] {
  const isSecret = object["kind"] === "Secret" && object["apiVersion"] === "v1";
  return isSecret ? SECRET_FIELDS.map((field) => [field]) : [];
}

/** Paths that are inside another one say nothing new. */
function outermost(paths: Path[]): Path[] {
  const isInside = (path: Path, other: Path): boolean =>
    path.length > other.length && other.every((key, index) => key === path[index]);
  return paths.filter((path) => !paths.some((other) => isInside(path, other)));
}

function withoutManagedFields(metadata: Json | undefined): Json {
  if (!isObject(metadata)) return metadata ?? {};
  return Object.fromEntries(Object.entries(metadata).filter(([key]) => key !== "managedFields"));
}

/** The field manager that a state names; states of other providers' making may name none. */
export function fieldManagerOfState(state: JsonObject, urn: string): string {
  const named = state["__fieldManager"];
  return typeof named === "string" && named !== "" ? named : fieldManagerOf(urn);
}
