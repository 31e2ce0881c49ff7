import type { ProgramResult, RegisteredResource } from "../../scripts/runProgram";

export * from "../../scripts/runProgram";

/** Marks a secret on the wire: a value of the engine's protocol, the same in every SDK. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Whether an input was handed to the engine as a secret. */
export function isSecret(value: unknown): boolean {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** The value inside a secret, or the value itself. */
export function unwrap(value: unknown): unknown {
  return isObject(value) && isSecret(value) ? value["value"] : value;
}

/** The only resource of a type, and of a name where one is given. Throws where there is no such one. */
export function only(result: ProgramResult, type: string, name?: string): RegisteredResource {
  const found = result.resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [first] = found;
  if (first === undefined || found.length > 1) {
    const all = result.resources.map((resource) => `${resource.type} ${resource.name}`).join("\n");
    throw new Error(`${String(found.length)} of ${type} ${name ?? ""}, among:\n${all}`);
  }
  return first;
}

/** The value at a dotted path of a resource's inputs; a number picks from a list. */
export function at(resource: RegisteredResource, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), resource.inputs);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
