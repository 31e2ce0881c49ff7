import type { EngineLog } from "../../skeleton/engineLog";
import type { CloudType, Existence, Place, Subject } from "../cloudType";
import type { World } from "../world/world";
import { hex } from "../identifiers";
import { placeIn } from "../places";
import { known } from "../cloudType";
import type { JsonObject } from "../../skeleton/json";
import type { Settings } from "./settings";

/** What the methods of a provider share, for as long as the engine keeps it. */
export interface Context {
  settings: Settings;
  /** Undefined where only previews are possible. */
  world: World | undefined;
  existence: Existence;
  log: EngineLog;
  /** Aborted when the engine wants everything to end. */
  signal: AbortSignal;
}

/** Where a resource or the answer of a function is. */
export function placeOf({ settings }: Context, inputs: JsonObject): Place {
  return placeIn(known(inputs, "region") ?? settings.region);
}

/** A resource as the table of types looks at it. */
export function subjectOf(
  context: Context,
  type: CloudType,
  about: Pick<Subject, "name" | "seed" | "inputs"> & { before?: JsonObject },
): Subject {
  const { name, seed, inputs } = about;
  return {
    place: placeOf(context, inputs),
    name,
    seed,
    inputs: withPrefixedName(type, inputs, seed),
    before: about.before,
    existence: context.existence,
    api: context.world?.clusterApi,
    now: new Date().toISOString(),
  };
}

/** The world, where something is to be done in it. */
export function worldOf({ world }: Context): World {
  if (world !== undefined) return world;
  throw new Error(
    "There is no cloud here, not even a simulated one: K8S_TEST_CLOUD names no folder. Only a " +
      "preview is possible; `npm run sandbox -- up --stack live` brings a simulated one.",
  );
}

/** A name of 26 more digits than its prefix has. */
function withPrefixedName(type: CloudType, inputs: JsonObject, seed: string): JsonObject {
  const key = type.nameInput;
  const prefix = key === undefined ? undefined : known(inputs, `${key}Prefix`);
  if (key === undefined || prefix === undefined || inputs[key] !== undefined) return inputs;
  return { ...inputs, [key]: prefix + digits(seed) };
}

function digits(seed: string): string {
  return hex(seed, 26).replace(/[a-f]/g, (letter) => String(letter.charCodeAt(0) % 10));
}
