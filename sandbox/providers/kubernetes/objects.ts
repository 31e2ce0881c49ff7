import { setTimeout as sleep } from "node:timers/promises";

import { objectsAt, textAt, withValue, without, type JsonObject } from "../skeleton/json";
import type { ApiClient } from "./apiClient";
import { isNotFound, isPassing } from "./apiError";
import type { Kind } from "./kinds";

/** Which object of a kind. */
export interface ObjectKey {
  kind: Kind;
  name: string;
  /** Undefined for kinds outside of namespaces. */
  namespace: string | undefined;
}

export interface ApplyOptions {
  /** Who owns the fields: the same for all updates of an object. */
  fieldManager: string;
  /** Only ask what would come of it. */
  dryRun?: boolean;
  signal?: AbortSignal;
}

/** How long an apply is tried again while a webhook or the server is starting, in milliseconds. */
const RETRY_MS = 15_000;
const RETRY_PAUSE_MS = 1_000;

/** Reads and writes objects of any kind. */
export class Objects {
  constructor(private readonly client: ApiClient) {}

  /** @returns undefined where there is no such object. */
  async get(key: ObjectKey, signal?: AbortSignal): Promise<JsonObject | undefined> {
    try {
      return await this.client.call({ path: pathOf(key), ...(signal && { signal }) });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  async list(
    kind: Kind,
    namespace: string | undefined,
    query: Record<string, string>,
  ): Promise<JsonObject[]> {
    return objectsAt(
      await this.client.call({ path: collectionPath(kind, namespace), query }),
      "items",
    );
  }

  /**
   * Makes or changes an object by server-side apply. Fields that somebody else changed are taken
   * back: what the program says holds.
   */
  async apply(
    key: ObjectKey,
    object: JsonObject,
    { fieldManager, dryRun = false, signal }: ApplyOptions,
  ): Promise<JsonObject> {
    const until = Date.now() + RETRY_MS;
    for (;;) {
      try {
        return await this.client.call({
          method: "PATCH",
          path: pathOf(key),
          query: { fieldManager, force: "true", ...(dryRun && { dryRun: "All" }) },
          // YAML is what the type says; JSON is YAML.
          contentType: "application/apply-patch+yaml",
          body: named(object, key),
          ...(signal && { signal }),
        });
      } catch (error) {
        if (!isPassing(error) || Date.now() > until) throw error;
        await sleep(RETRY_PAUSE_MS, undefined, signal && { signal });
      }
    }
  }

  /** Asks for an object's deletion; it may be a while until it is gone. */
  async delete(key: ObjectKey, propagationPolicy: string): Promise<void> {
    await this.client.call({
      method: "DELETE",
      path: pathOf(key),
      body: { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy },
    });
  }
}

function collectionPath({ apiVersion, plural }: Kind, namespace: string | undefined): string {
  const prefix = apiVersion.includes("/") ? "/apis" : "/api";
  const inside = namespace === undefined ? "" : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${prefix}/${apiVersion}${inside}/${plural}`;
}

function pathOf({ kind, name, namespace }: ObjectKey): string {
  return `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`;
}

/** The object under the name and the namespace of a key. */
function named(object: JsonObject, { name, namespace }: ObjectKey): JsonObject {
  const plain = without(object, "status");
  const withName = withValue(plain, ["metadata", "name"], name);
  return namespace === undefined
    ? withName
    : withValue(withName, ["metadata", "namespace"], namespace);
}

/** What of an object the program did not write and may not either. */
const SERVER_METADATA = [
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "generation",
  "managedFields",
  "resourceVersion",
  "selfLink",
  "uid",
] as const;

/** What a program would have to say to get an object such as this. */
export function declaration(live: JsonObject): JsonObject {
  const metadata = live["metadata"] as JsonObject | undefined;
  return {
    ...without(live, "status", "metadata"),
    metadata: without(metadata ?? {}, ...SERVER_METADATA),
  };
}

/** Whether an object's fields were applied under a field manager. */
export function isManagedBy(live: JsonObject, fieldManager: string): boolean {
  return objectsAt(live, "metadata", "managedFields").some(
    (entry) => textAt(entry, "manager") === fieldManager && textAt(entry, "operation") === "Apply",
  );
}
