import { isObject, textAt, withValue, type JsonObject } from "../../skeleton/json";
import { hasUnknown } from "../../skeleton/properties";
import type { Change, DiffRequest, DiffResult } from "../../skeleton/resourceProvider";
import type { Context } from "../context";
import { difference } from "../../skeleton/difference";
import { contentChanges, identityChanges, immutableChanges } from "../immutable";
import { isAutonamed } from "../naming";
import { isSameObject } from "../projection";
import { fieldManagerOfState } from "../secrets";

/**
 * Changes of inputs, and which of them only a new object can take. The server is asked by a dry-run:
 * so what makes no difference to it is no change, and what it holds for immutable needs no table.
 */
export async function diffObject(context: Context, request: DiffRequest): Promise<DiffResult> {
  const { urn, state, news } = request;
  // What was last applied: an update that was skipped left other inputs with the engine.
  const applied = state.values["__inputs"];
  const before = withDefaultNamespace(
    isObject(applied) ? applied : request.oldInputs.values,
    state.values,
  );
  const changes = difference(before, news.values);
  const sameName =
    !isAutonamed(news.values) &&
    ["name", "namespace"].every(
      (key) => textAt(before, "metadata", key) === textAt(news.values, "metadata", key),
    );
  const result = (replaces: string[], all = changes): DiffResult => {
    if (replaces.length > 0 && sameName) context.session.setReplaced(urn);
    // Said whatever the reason of a replacement is: two objects of a name cannot be at a time.
    return { changes: all, replaces, deleteBeforeReplace: sameName };
  };
  if (changes.size === 0) return result([]);

  const identity = identityChanges(changes);
  if (identity.length > 0) return result(identity);
  const asked = hasUnknown(news.values) ? undefined : await askServer(context, request, changes);
  if (asked === "nothing") return result([], new Map());
  const content = contentChanges(news.values, changes, context.connection.settings);
  return result([...new Set([...content, ...(asked ?? [])])]);
}

/** @returns changed paths that need a new object, or "nothing" where applying would change nothing. */
async function askServer(
  { connection }: Context,
  { urn, state, news }: DiffRequest,
  changes: ReadonlyMap<string, Change>,
): Promise<string[] | "nothing"> {
  const cluster = await connection.forPreview();
  const [apiVersion = "", kindName = ""] = ["apiVersion", "kind"].map((key) =>
    textAt(news.values, key),
  );
  const kind = await cluster?.kinds.find(apiVersion, kindName);
  if (cluster === undefined || kind === undefined) return [];
  const key = cluster.keyOf(kind, news.values, textAt(state.values, "metadata", "name"));
  const live = await cluster.objects.get(key);
  if (live === undefined) return [];
  try {
    const applied = await cluster.objects.apply(key, news.values, {
      fieldManager: fieldManagerOfState(state.values, urn),
      dryRun: true,
    });
    return isSameObject(live, applied) ? "nothing" : [];
  } catch (error) {
    // What else the server says is said when the update is tried, or its preview.
    return immutableChanges(error, cluster, key, news.values, changes);
  }
}

/** An object whose kind was unknown when it was checked got the default namespace only later. */
function withDefaultNamespace(inputs: JsonObject, state: JsonObject): JsonObject {
  const namespace = textAt(state, "metadata", "namespace");
  return textAt(inputs, "metadata", "namespace") === undefined && namespace !== undefined
    ? withValue(inputs, ["metadata", "namespace"], namespace)
    : inputs;
}
