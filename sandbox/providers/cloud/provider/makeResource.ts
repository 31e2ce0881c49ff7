import type { Properties } from "../../skeleton/properties";
import {
  InitFailed,
  type CreateRequest,
  type UpdateRequest,
} from "../../skeleton/resourceProvider";
import type { CloudRecord, CloudType, Subject } from "../cloudType";
import { exists } from "../references";
import { shapeOf } from "../shapes";
import { typeOf } from "../table";
import { waitedInVain } from "../tailscale/routers";
import { writeJournal } from "../world/journal";
import { attempt } from "./attempt";
import { subjectOf, worldOf, type Context } from "./context";
import { foreseen, hashed, secretsOf, stateOf, withoutDefaults, withVolatile } from "./state";

/** Makes a resource, and waits until it is ready. */
export async function createResource(
  context: Context,
  request: CreateRequest,
): Promise<{ id: string; state: Properties }> {
  const type = typeOf(request.type);
  const shape = shapeOf(request.type);
  const { name, inputs, urn } = request;
  const secrets = secretsOf(shape, inputs);
  if (request.preview) {
    const subject = subjectOf(context, type, { name, seed: name, inputs: inputs.values });
    return { id: "", state: { values: foreseen(type, shape, context.settings, subject), secrets } };
  }
  const world = worldOf(context);
  const never = await attempt(context, { type: request.type, name, action: "create" }, urn);
  for (let ordinal = 1; ; ordinal += 1) {
    const seed = ordinal === 1 ? name : `${name} ${String(ordinal)}`;
    const subject = subjectOf(context, type, { name, seed, inputs: inputs.values });
    refuse(type, subject);
    const id = type.id(subject);
    const values = stateOf(type, shape, context.settings, subject, id);
    const record = { type: request.type, id, name, urn, seed, changed: subject.now };
    const unready = whyUnready(type, subject, never);
    const isNew = world.add({
      ...record,
      inputs: hashed(withoutDefaults(inputs.values), secrets),
      state: hashed(values, secrets),
      isReady: unready === undefined,
    });
    if (!isNew && type.hasGeneratedId) continue;
    if (!isNew) throw new Error(`${request.type} "${id}" exists already (EntityAlreadyExists).`);
    writeJournal(world.folder, { action: "create", type: request.type, name, id, urn });
    const state = { values, secrets };
    if (unready !== undefined) throw new InitFailed(unready, { id, state, inputs }, [unready]);
    return { id, state };
  }
}

/** Changes a resource, and waits until it is ready. */
export async function updateResource(
  context: Context,
  request: UpdateRequest,
): Promise<{ state: Properties }> {
  const type = typeOf(request.type);
  const shape = shapeOf(request.type);
  const { id, name, inputs, urn } = request;
  const secrets = secretsOf(shape, inputs);
  const before = request.state.values;
  const about = { name, inputs: inputs.values, before };
  if (request.preview) {
    const subject = subjectOf(context, type, { ...about, seed: name });
    const values = stateOf(type, shape, context.settings, subject, id);
    return { state: { values: withVolatile(type, { ...before, ...values }), secrets } };
  }
  const world = worldOf(context);
  const record = world.get(request.type, id);
  if (record === undefined) {
    throw new Error(`${request.type} "${id}" is not there any more: run \`pulumi refresh\`.`);
  }
  // One that was made and does not work is waited for again, as when it was made.
  const action = record.isReady ? "update" : "create";
  const never = await attempt(context, { type: request.type, name, action }, urn);
  const subject = subjectOf(context, type, { ...about, seed: record.seed });
  refuse(type, subject);
  const values = stateOf(type, shape, context.settings, subject, id);
  const unready = whyUnready(type, subject, never);
  world.replace({
    ...record,
    inputs: hashed(withoutDefaults(inputs.values), secrets),
    state: hashed(values, secrets),
    isReady: unready === undefined,
    changed: subject.now,
  } satisfies CloudRecord);
  writeJournal(world.folder, { action: "update", type: request.type, name, id, urn });
  const state = { values, secrets };
  if (unready !== undefined) throw new InitFailed(unready, { id, state, inputs }, [unready]);
  return { state };
}

/** @throws where the cloud refuses what it is asked for. */
function refuse(type: CloudType, subject: Subject): void {
  const missing = type.refers?.(subject).find((one) => !exists(one, subject.existence));
  if (missing !== undefined) throw new Error(missing.missing);
  const refused = type.refused?.(subject);
  if (refused !== undefined) throw new Error(refused);
}

function whyUnready(type: CloudType, subject: Subject, never: boolean): string | undefined {
  if (!never) return type.unready?.(subject);
  return subject.inputs["vpcZoneIdentifiers"] === undefined
    ? "timeout while waiting for state to become 'ACTIVE' (last state: 'CREATING')"
    : waitedInVain(subject.inputs);
}
