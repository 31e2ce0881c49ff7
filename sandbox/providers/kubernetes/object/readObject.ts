import { textAt, type JsonObject } from "../../skeleton/json";
import { InitFailed, type Existing, type ReadRequest } from "../../skeleton/resourceProvider";
import { reasonsOf } from "../await/awaitReady";
import { readinessRule } from "../await/rules";
import { ApiError } from "../apiError";
import { describe, idOf, type Cluster } from "../cluster";
import type { Context } from "../context";
import { declaration, type ObjectKey } from "../objects";
import { project } from "../projection";
import { fieldManagerOfState, inputsWithSecrets, stateOf } from "../secrets";

/**
 * Looks at an object: for a refresh, or to import it.
 *
 * @param groupKind - apiVersion and kind, of the resource's type.
 * @returns undefined where it is gone.
 * @throws InitFailed where it is there, but does not work.
 */
export async function readObject(
  { connection, log }: Context,
  request: ReadRequest,
  groupKind: readonly [apiVersion: string, kind: string],
): Promise<Existing | undefined> {
  const { urn, id, state } = request;
  if (connection.settings.skipUpdateUnreachable && (await connection.forPreview()) === undefined) {
    log.warn("The cluster cannot be reached; skipUpdateUnreachable leaves this as it is.", urn);
    return { id, state, inputs: request.inputs };
  }
  const { cluster } = connection;
  const kind = await cluster.kinds.find(...groupKind);
  // With its definition, every object of a kind is gone.
  if (kind === undefined) return undefined;
  const [name = "", namespace] = id.split("/").reverse();
  const key: ObjectKey = {
    kind,
    name,
    namespace: kind.namespaced ? (namespace ?? cluster.access.namespace) : undefined,
  };
  const live = await cluster.objects.get(key);
  if (live === undefined) return undefined;

  const fieldManager = fieldManagerOfState(state.values, urn);
  const given = request.inputs;
  const isImport = Object.keys(given.values).length === 0;
  const values: JsonObject = isImport
    ? declaration(live)
    : project(given.values, live, await applied(cluster, key, given.values, fieldManager));
  const inputs = inputsWithSecrets(values, given.secrets);
  const existing = { id: idOf(key), state: stateOf(live, inputs, { fieldManager }), inputs };

  const readiness = await readinessRule(live)?.(live, cluster.neighbours(key.namespace));
  // What is being deleted, or was never waited for, is no failure.
  const isLeaving = textAt(live, "metadata", "deletionTimestamp") !== undefined;
  if (readiness === undefined || readiness.isReady || isLeaving) return existing;
  throw new InitFailed(`${describe(key)} does not work.`, existing, reasonsOf(readiness));
}

/**
 * What would be there if the inputs were applied once more. Nothing, where they cannot be: then
 * every field counts as changed that the program names, and comes as the server spells it.
 */
async function applied(
  cluster: Cluster,
  key: ObjectKey,
  inputs: JsonObject,
  fieldManager: string,
): Promise<JsonObject> {
  try {
    return await cluster.objects.apply(key, inputs, { fieldManager, dryRun: true });
  } catch (error) {
    if (error instanceof ApiError) return {};
    throw error;
  }
}
