import { isObject, textAt, withValue, without, type JsonObject } from "../skeleton/json";
import { hasUnknown, UNKNOWN } from "../skeleton/properties";
import { ApiError } from "./apiError";
import type { Cluster } from "./cluster";
import { scratchName } from "./immutable";
import type { Kind } from "./kinds";
import type { ObjectKey } from "./objects";

/** Fields of an object's metadata that the server fills in when it makes the object. */
const MADE_BY_SERVER = ["uid", "resourceVersion", "creationTimestamp", "generation"];

/** Fields of a Service that get a value of their own in each cluster. */
const SERVICE_ADDRESSES = ["clusterIP", "clusterIPs"];

/**
 * What an object will be, as far as it can be known: the inputs, with what the server makes as
 * unknown.
 */
export function foreseen(object: JsonObject): JsonObject {
  const metadata = object["metadata"];
  if (!isObject(metadata)) return { ...object, status: UNKNOWN };
  const unknown = Object.fromEntries(MADE_BY_SERVER.map((field) => [field, UNKNOWN]));
  const name: JsonObject = metadata["name"] === undefined ? { name: UNKNOWN } : {};
  const made: JsonObject = {
    ...object,
    metadata: { ...without(metadata, "managedFields"), ...name, ...unknown },
    status: UNKNOWN,
  };
  return isService(object) ? withUnknownAddresses(made, object) : made;
}

function isService(object: JsonObject): boolean {
  return object["kind"] === "Service" && object["apiVersion"] === "v1";
}

function withUnknownAddresses(made: JsonObject, { spec }: JsonObject): JsonObject {
  const given = isObject(spec) ? spec["clusterIP"] : undefined;
  if (given === "None") return made;
  return SERVICE_ADDRESSES.reduce<JsonObject>(
    (object, field) => withValue(object, ["spec", field], UNKNOWN),
    made,
  );
}

export interface CreatePreview {
  cluster: Cluster;
  /** Undefined where the cluster does not serve the kind (yet). */
  kind: Kind | undefined;
  object: JsonObject;
  fieldManager: string;
  /** The object that is there now is deleted before. */
  isReplacement: boolean;
  /** Refuses an object that is in the way. */
  refuse: (key: ObjectKey, existing: JsonObject) => void;
}

/**
 * What an object will be once it is made, checked by the server where it can be asked. It cannot
 * where a value is unknown, or where the kind's definition is yet to be made.
 *
 * @throws Error where the server refuses, or where `refuse` does.
 */
export async function previewCreate(options: CreatePreview): Promise<JsonObject> {
  const { cluster, kind, object, fieldManager, refuse } = options;
  if (
    kind === undefined ||
    hasUnknown(object) ||
    textAt(object, "metadata", "name") === undefined
  ) {
    return foreseen(object);
  }
  const key = cluster.keyOf(kind, object);
  const existing = options.isReplacement ? undefined : await cluster.objects.get(key);
  const isReplacement =
    options.isReplacement || textAt(existing, "metadata", "deletionTimestamp") !== undefined;
  if (existing !== undefined && !isReplacement) refuse(key, existing);
  const scratch = { ...key, name: scratchName(key.name) };
  let result: JsonObject;
  try {
    result = await dryRun(cluster, isReplacement ? scratch : key, object, fieldManager);
  } catch (error) {
    // The object that is there may not be changed into this one: then it is to be replaced by it.
    if (existing === undefined || !(error instanceof ApiError) || error.code !== 422) throw error;
    result = await dryRun(cluster, scratch, object, fieldManager);
  }
  // The server's defaults are worth knowing; what stands for this dry-run only is put back.
  return foreseen(withIdentity(result, key));
}

/** Where the namespace does not exist yet, the object is checked in the default one. */
async function dryRun(
  cluster: Cluster,
  key: ObjectKey,
  object: JsonObject,
  fieldManager: string,
): Promise<JsonObject> {
  const options = { fieldManager, dryRun: true };
  try {
    return await cluster.objects.apply(key, object, options);
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 404 || key.namespace === undefined) {
      throw error;
    }
    const elsewhere = { ...key, namespace: "default", name: scratchName(key.name) };
    return cluster.objects.apply(elsewhere, object, options);
  }
}

function withIdentity(object: JsonObject, { name, namespace }: ObjectKey): JsonObject {
  const withName = withValue(object, ["metadata", "name"], name);
  return namespace === undefined
    ? withName
    : withValue(withName, ["metadata", "namespace"], namespace);
}
