import { setTimeout as sleep } from "node:timers/promises";

import { merged, textAt, type JsonObject } from "../../skeleton/json";
import { hasUnknown, type Properties } from "../../skeleton/properties";
import type { CreateRequest, UpdateRequest } from "../../skeleton/resourceProvider";
import { describe, idOf, type Cluster } from "../cluster";
import type { Context } from "../context";
import { refuseExisting } from "../existing";
import type { Kind } from "../kinds";
import { fieldManagerOf, generatedName } from "../naming";
import type { ObjectKey } from "../objects";
import { foreseen, previewCreate } from "../preview";
import { fieldManagerOfState, stateOf } from "../secrets";
import { timeoutOf } from "../timeouts";
import { waitGone } from "../waitGone";
import { makeReady } from "./makeReady";

/** How long a kind is waited for that the cluster does not serve, in milliseconds. */
const KIND_MS = 30_000;
const KIND_PAUSE_MS = 500;

/** Makes an object, and waits until it is ready. */
export async function createObject(
  context: Context,
  request: CreateRequest,
): Promise<{ id: string; state: Properties }> {
  const { connection, log, session } = context;
  const { urn, inputs, preview, timeout } = request;
  const fieldManager = fieldManagerOf(urn);
  const takeOver = {
    ...request,
    fieldManager,
    upsert: connection.settings.upsertExistingObjects,
    isKnown: session.isKnown(urn),
  };

  if (preview) {
    const cluster = await connection.forPreview();
    const object =
      cluster === undefined
        ? foreseen(inputs.values)
        : await previewCreate({
            cluster,
            kind: await cluster.kinds.find(...groupKind(inputs.values)),
            object: inputs.values,
            fieldManager,
            isReplacement: session.isReplaced(urn),
            refuse: (key, existing) => {
              refuseExisting(key, existing, takeOver);
            },
          });
    return { id: "", state: stateOf(object, inputs, { fieldManager }) };
  }

  const { cluster } = connection;
  const key = cluster.keyOf(
    await servedKind(context, cluster, inputs.values, urn),
    inputs.values,
    nameOf(inputs.values),
  );
  let existing = await cluster.objects.get(key);
  if (textAt(existing, "metadata", "deletionTimestamp") !== undefined) {
    await waitGone(cluster, key, existing ?? {}, {
      timeout: timeoutOf(inputs.values, timeout),
      signal: context.signal,
      onStatus: (message) => {
        log.status(`an object of this name is being deleted: ${message}`, urn);
      },
    });
    existing = undefined;
  }
  if (existing !== undefined) {
    refuseExisting(key, existing, takeOver);
    session.setTakenOver(textAt(existing, "metadata", "uid") ?? "");
    log.info(`${describe(key)} was there already and is taken over.`, urn);
  }
  const object = await cluster.objects.apply(key, inputs.values, { fieldManager });
  const state = await makeReady(context, {
    cluster,
    key,
    object,
    inputs,
    fieldManager,
    urn,
    timeout,
  });
  return { id: idOf(key), state };
}

/** Changes an object, and waits until it is ready. */
export async function updateObject(
  context: Context,
  request: UpdateRequest,
): Promise<{ state: Properties }> {
  const { connection, log } = context;
  const { urn, inputs, preview, timeout } = request;
  const fieldManager = fieldManagerOfState(request.state.values, urn);
  const name = textAt(request.state.values, "metadata", "name");
  const unchecked = (): { state: Properties } => ({
    state: stateOf(merged(request.state.values, inputs.values), inputs, { fieldManager }),
  });
  const apply = async (cluster: Cluster, kind: Kind): Promise<[ObjectKey, JsonObject]> => {
    const key = cluster.keyOf(kind, inputs.values, name);
    return [
      key,
      await cluster.objects.apply(key, inputs.values, { fieldManager, dryRun: preview }),
    ];
  };

  if (preview) {
    const cluster = await connection.forPreview();
    const kind = await cluster?.kinds.find(...groupKind(inputs.values));
    const canAsk = cluster !== undefined && kind !== undefined && !hasUnknown(inputs.values);
    if (!canAsk) return unchecked();
    const [, object] = await apply(cluster, kind);
    return { state: stateOf(object, inputs, { fieldManager }) };
  }

  if (connection.settings.skipUpdateUnreachable && (await connection.forPreview()) === undefined) {
    log.warn("The cluster cannot be reached; skipUpdateUnreachable leaves this as it is.", urn);
    return { state: request.state };
  }
  const { cluster } = connection;
  const kind = await servedKind(context, cluster, inputs.values, urn);
  const [key, object] = await apply(cluster, kind);
  return {
    state: await makeReady(context, { cluster, key, object, inputs, fieldManager, urn, timeout }),
  };
}

/** A kind may come a moment after its definition: it is waited for. */
async function servedKind(
  { log, signal }: Context,
  cluster: Cluster,
  object: JsonObject,
  urn: string,
): Promise<Kind> {
  const [apiVersion, name] = groupKind(object);
  const until = Date.now() + KIND_MS;
  for (let isFirst = true; ; isFirst = false) {
    const kind = await cluster.kinds.find(apiVersion, name, !isFirst);
    if (kind !== undefined) return kind;
    if (isFirst) log.status(`waiting for the cluster to serve ${apiVersion} ${name}`, urn);
    if (signal.aborted || Date.now() > until) {
      throw new Error(
        `The cluster at ${cluster.access.server} does not serve ${apiVersion} ${name}. See that ` +
          "the kind is spelt right, or install what defines it (its CustomResourceDefinition) first.",
      );
    }
    await sleep(KIND_PAUSE_MS, undefined, { signal }).catch(() => undefined);
  }
}

function groupKind(object: JsonObject): [apiVersion: string, kind: string] {
  return [textAt(object, "apiVersion") ?? "", textAt(object, "kind") ?? ""];
}

function nameOf(object: JsonObject): string | undefined {
  const name = textAt(object, "metadata", "name");
  const prefix = textAt(object, "metadata", "generateName");
  return name ?? (prefix === undefined ? undefined : generatedName(prefix));
}
