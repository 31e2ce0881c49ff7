import { messageOf } from "../../../../host/errors";
import type { Properties } from "../../skeleton/properties";
import {
  InitFailed,
  type CreateRequest,
  type UpdateRequest,
} from "../../skeleton/resourceProvider";
import type { Act } from "../acts/act";
import { actOf } from "../acts/table";
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
  const act = actOf(world, request.type);
  const never = await attempt(context, { type: request.type, name, action: "create" }, urn);
  for (let ordinal = 1; ; ordinal += 1) {
    const seed = ordinal === 1 ? name : `${name} ${String(ordinal)}`;
    const subject = subjectOf(context, type, { name, seed, inputs: inputs.values });
    refuse(type, subject, act);
    const given = type.id(subject);
    const { hasGeneratedId, isSetting = false } = type;
    if (!hasGeneratedId && !isSetting && world.get(request.type, given) !== undefined) {
      throw new Error(`${request.type} "${given}" exists already (EntityAlreadyExists).`);
    }
    const { id = given, outputs = {} } = (await act.create?.(subject)) ?? {};
    const values = { ...stateOf(type, shape, context.settings, subject, id), ...outputs };
    const record: CloudRecord = {
      ...{ type: request.type, id, name, urn, seed, changed: subject.now },
      inputs: hashed(withoutDefaults(inputs.values), secrets),
      state: hashed(values, secrets),
      isReady: false,
    };
    if (isSetting) world.replace(record);
    else if (!world.add(record)) continue;
    const unready = await whyUnready(context, { type, act, subject, never });
    world.replace({ ...record, isReady: unready === undefined });
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
  const act = actOf(world, request.type);
  refuse(type, subject, act);
  const outputs = await act.update?.(subject, id);
  const values = { ...stateOf(type, shape, context.settings, subject, id), ...outputs };
  const unready = await whyUnready(context, { type, act, subject, never });
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

/** @throws where the cloud refuses what it is asked for. Who acts is refused by the other side. */
function refuse(type: CloudType, subject: Subject, act: Act): void {
  const missing = type.refers?.(subject).find((one) => !exists(one, subject.existence));
  if (missing !== undefined) throw new Error(missing.missing);
  const refused = act.create === undefined ? type.refused?.(subject) : undefined;
  if (refused !== undefined) throw new Error(refused);
}

/** Why it does not get ready, once it is made: by a fault, by what else there is, or in earnest. */
async function whyUnready(
  { signal }: Context,
  about: { type: CloudType; act: Act; subject: Subject; never: boolean },
): Promise<string | undefined> {
  const { type, act, subject, never } = about;
  if (never) {
    return subject.inputs["vpcZoneIdentifiers"] === undefined
      ? "timeout while waiting for state to become 'ACTIVE' (last state: 'CREATING')"
      : waitedInVain(subject.inputs);
  }
  const unready = type.unready?.(subject);
  if (unready !== undefined) return unready;
  // It is made by now: what fails must not have the engine forget it.
  return act.unready?.(subject, signal).catch(messageOf);
}
