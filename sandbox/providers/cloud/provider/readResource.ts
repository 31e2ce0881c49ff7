import { isObject, same, type JsonObject } from "../../skeleton/json";
import type { Existing, ReadRequest } from "../../skeleton/resourceProvider";
import { actOf } from "../acts/table";
import { shapeOf } from "../shapes";
import { typeOf } from "../table";
import { subjectOf, type Context } from "./context";
import { secretsOf, stateOf } from "./state";

/** @returns undefined where the resource is gone. */
export async function readResource(
  context: Context,
  request: ReadRequest,
): Promise<Existing | undefined> {
  const type = typeOf(request.type);
  const shape = shapeOf(request.type);
  const { id, name, inputs, state, urn } = request;
  if (Object.keys(state.values).length === 0) {
    throw new Error(
      `The offline cloud imports nothing: ${request.type} "${id}" can only be made. Ask for what ` +
        "exists by a function.",
    );
  }
  const { world } = context;
  if (world === undefined) {
    context.log.warn("There is no simulated cloud: this is taken to be as it was.", urn);
    return { id, state, inputs };
  }
  const record = world.get(request.type, id);
  if (record === undefined) return undefined;
  const { read } = actOf(world, request.type);
  const found = read === undefined ? {} : await read(record);
  if (found === undefined) {
    // Somebody took it away: the note of it is all that is left.
    world.remove(record);
    return undefined;
  }
  const secrets = secretsOf(shape, inputs);
  const subject = subjectOf(context, type, {
    name,
    seed: record.seed,
    inputs: inputs.values,
    before: state.values,
  });
  const fresh = stateOf(type, shape, context.settings, subject, id);
  const live = Object.fromEntries((type.live ?? []).map((key) => [key, fresh[key] ?? null]));
  const hidden = new Set(secrets.map(([key]) => String(key)));
  const seen = { ...record.state, ...live, ...found };
  return {
    id,
    state: { values: shown(state.values, seen, hidden), secrets },
    inputs: { values: drifted(inputs.values, state.values, seen, hidden), secrets: inputs.secrets },
  };
}

/** The world keeps but hashes of secrets: what the engine knows of them stays. */
function shown(state: JsonObject, seen: JsonObject, hidden: ReadonlySet<string>): JsonObject {
  const kept = Object.entries(state).filter(([key]) => hidden.has(key));
  return { ...seen, ...Object.fromEntries(kept) };
}

/** Inputs as they would have to be for what is there now. */
function drifted(
  inputs: JsonObject,
  state: JsonObject,
  seen: JsonObject,
  hidden: ReadonlySet<string>,
): JsonObject {
  const entries = Object.entries(inputs).map(([key, input]) => {
    const [before, now] = [state[key], seen[key]];
    const isSame =
      hidden.has(key) || before === undefined || now === undefined || same(before, now);
    if (isSame) return [key, input] as const;
    // Of an object, what the program does not say is not its concern.
    return isObject(input) && isObject(now)
      ? ([
          key,
          Object.fromEntries(Object.keys(input).map((inner) => [inner, now[inner] ?? null])),
        ] as const)
      : ([key, now] as const);
  });
  return Object.fromEntries(entries);
}
