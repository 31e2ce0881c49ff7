import type { DeleteRequest } from "../../skeleton/resourceProvider";
import { actOf } from "../acts/table";
import type { CloudRecord } from "../cloudType";
import { cloudTypes, typeOf } from "../table";
import { routesOf } from "../tailscale/routers";
import { writeJournal } from "../world/journal";
import type { World } from "../world/world";
import { attempt } from "./attempt";
import { worldOf, type Context } from "./context";

/** Takes a resource away. One that is gone already is none to complain about. */
export async function deleteResource(context: Context, request: DeleteRequest): Promise<void> {
  const { id, name, urn } = request;
  const world = worldOf(context);
  await attempt(context, { type: request.type, name, action: "delete" }, urn);
  const record = world.get(request.type, id);
  if (record === undefined) return;
  refuse(world, record);
  const acted = await actOf(world, request.type).delete?.(record, world);
  for (const gone of [...routesOf(record, world), ...(acted ?? []), record]) world.remove(gone);
  writeJournal(world.folder, { action: "delete", type: request.type, name, id, urn });
}

/** @throws where the cloud refuses. */
function refuse(world: World, record: CloudRecord): void {
  const type = typeOf(record.type);
  const kept = type.kept?.(record);
  if (kept !== undefined) throw new Error(kept);
  const holders = world.everything().filter((other) => holds(world, other, record));
  if (holders.length === 0) return;
  const message =
    type.held?.(record.id) ?? `DependencyViolation: ${record.type} '${record.id}' is in use.`;
  const names = holders.map((holder) => `${holder.type} ${holder.id}`).join(", ");
  throw new Error(`${message} It is held by ${names}.`);
}

function holds(world: World, holder: CloudRecord, held: CloudRecord): boolean {
  const references =
    cloudTypes[holder.type]?.refers?.({ inputs: holder.inputs, existence: world }) ?? [];
  return references.some(
    ({ type, by, value, holds: isHeld }) =>
      isHeld && type === held.type && (by === "id" ? held.id : held.state[by]) === value,
  );
}
