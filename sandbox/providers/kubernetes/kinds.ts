import { objectsAt, textAt } from "../skeleton/json";
import type { ApiClient } from "./apiClient";
import { isNotFound } from "./apiError";

/** A kind that the API server serves. */
export interface Kind {
  apiVersion: string;
  kind: string;
  /** Name in paths, such as `ingresses`. */
  plural: string;
  namespaced: boolean;
}

/** The kinds that an API server serves, asked for once a group and version. */
export class Kinds {
  readonly #versions = new Map<string, Promise<Kind[]>>();

  constructor(private readonly client: ApiClient) {}

  /**
   * @param fresh - Ask again, as a kind may have come since.
   * @returns undefined where the server does not serve the kind.
   */
  async find(apiVersion: string, kind: string, fresh = false): Promise<Kind | undefined> {
    let kinds = this.#versions.get(apiVersion);
    if (kinds === undefined || fresh) {
      kinds = this.list(apiVersion);
      this.#versions.set(apiVersion, kinds);
      // An answer that never came is asked for again.
      kinds.catch(() => this.#versions.delete(apiVersion));
    }
    const found = (await kinds).find((each) => each.kind === kind);
    // What was not there is looked for anew each time, as a definition may make it any moment.
    if (found === undefined) this.#versions.delete(apiVersion);
    return found;
  }

  private async list(apiVersion: string): Promise<Kind[]> {
    const prefix = apiVersion.includes("/") ? "/apis" : "/api";
    try {
      const answer = await this.client.call({ path: `${prefix}/${apiVersion}` });
      return (
        objectsAt(answer, "resources")
          .map((resource) => ({
            apiVersion,
            kind: textAt(resource, "kind") ?? "",
            plural: textAt(resource, "name") ?? "",
            namespaced: resource["namespaced"] === true,
          }))
          // The others are subresources, such as `deployments/scale`.
          .filter(({ plural }) => !plural.includes("/"))
      );
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  }
}
