import type { JsonObject } from "../skeleton/json";
import { textAt } from "../skeleton/json";
import type { Neighbours } from "./await/readiness";
import { ApiClient } from "./apiClient";
import type { Access } from "./kubeconfig";
import { Kinds, type Kind } from "./kinds";
import { Objects, type ObjectKey } from "./objects";

/** A cluster, as far as the provider deals with it. */
export class Cluster {
  readonly client: ApiClient;
  readonly kinds: Kinds;
  readonly objects: Objects;

  constructor(readonly access: Access) {
    this.client = new ApiClient(access);
    this.kinds = new Kinds(this.client);
    this.objects = new Objects(this.client);
  }

  /**
   * Which object an input is about.
   *
   * @param name - In place of the object's own.
   */
  keyOf(kind: Kind, object: JsonObject, name?: string): ObjectKey {
    return {
      kind,
      name: name ?? textAt(object, "metadata", "name") ?? "",
      namespace: kind.namespaced
        ? (textAt(object, "metadata", "namespace") ?? this.access.namespace)
        : undefined,
    };
  }

  /** What there is around the objects of a namespace. */
  neighbours(namespace: string | undefined): Neighbours {
    return {
      list: async (apiVersion, kindName, labels) => {
        const kind = await this.kinds.find(apiVersion, kindName);
        if (kind === undefined) return [];
        const labelSelector = Object.entries(labels)
          .map(([key, value]) => `${key}=${value}`)
          .join(",");
        return this.objects.list(kind, namespace, { labelSelector });
      },
      get: async (apiVersion, kindName, name) => {
        const kind = await this.kinds.find(apiVersion, kindName);
        if (kind === undefined) return undefined;
        return this.objects.get({
          kind,
          name,
          namespace: kind.namespaced ? namespace : undefined,
        });
      },
    };
  }
}

/** `NAMESPACE/NAME`, or `NAME` for kinds outside of namespaces. */
export function idOf({ name, namespace }: ObjectKey): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** `Deployment shop/front`, for messages. */
export function describe(key: ObjectKey): string {
  return `${key.kind.kind} ${idOf(key)}`;
}
