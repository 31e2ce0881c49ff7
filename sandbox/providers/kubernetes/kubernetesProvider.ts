import type { EngineLog } from "../skeleton/engineLog";
import type { JsonObject } from "../skeleton/json";
import type { Properties } from "../skeleton/properties";
import type {
  CheckRequest,
  CheckResult,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  Existing,
  ReadRequest,
  ResourceProvider,
  UpdateRequest,
} from "../skeleton/resourceProvider";
import { Connection } from "./connection";
import { Session, type Context } from "./context";
import { difference } from "../skeleton/difference";
import {
  checkRelease,
  deleteRelease,
  diffRelease,
  installRelease,
  readRelease,
} from "./helm/releaseResource";
import { isSameCluster } from "./sameCluster";
import { checkObject } from "./object/checkObject";
import { createObject, updateObject } from "./object/createObject";
import { deleteObject } from "./object/deleteObject";
import { diffObject } from "./object/diffObject";
import { readObject } from "./object/readObject";
import { readSettings } from "./settings";
import { typeOf } from "./types";

/** The offline stand-in for Pulumi's Kubernetes provider: it applies for real. */
export class KubernetesProvider implements ResourceProvider {
  readonly #cancelled = new AbortController();
  readonly #session = new Session();
  #context: Context | undefined;

  constructor(private readonly log: EngineLog) {}

  checkConfig(news: Properties): CheckResult {
    return { inputs: news, failures: [] };
  }

  /** Objects are lost with their cluster; with nothing else that leads to it. */
  diffConfig(oldInputs: JsonObject, news: JsonObject): DiffResult {
    const changes = difference(oldInputs, news);
    const isOther = changes.size > 0 && !isSameCluster(oldInputs, news);
    return { changes, replaces: isOther ? [...changes.keys()] : [], deleteBeforeReplace: false };
  }

  configure(config: Properties): void {
    const settings = readSettings(config.values, process.env);
    if (settings.ignored.length > 0) {
      this.log.warn(
        `The offline Kubernetes provider does not know these settings of its provider: ` +
          `${settings.ignored.join(", ")}. They have no effect.`,
      );
    }
    this.#context = {
      connection: new Connection(settings, this.log),
      log: this.log,
      signal: this.#cancelled.signal,
      session: this.#session,
    };
  }

  async check(request: CheckRequest): Promise<CheckResult> {
    const type = typeOf(request.type);
    switch (type.is) {
      case "refused":
        throw new Error(type.reason);
      case "release":
        return checkRelease(this.context, request);
      case "object":
        return checkObject(this.context, request, type);
    }
  }

  async diff(request: DiffRequest): Promise<DiffResult> {
    return isRelease(request.type)
      ? diffRelease(this.context, request)
      : diffObject(this.context, request);
  }

  async create(request: CreateRequest): Promise<{ id: string; state: Properties }> {
    return isRelease(request.type)
      ? installRelease(this.context, request)
      : createObject(this.context, request);
  }

  async read(request: ReadRequest): Promise<Existing | undefined> {
    const type = typeOf(request.type);
    switch (type.is) {
      case "refused":
        throw new Error(type.reason);
      case "release":
        return readRelease(this.context, request);
      case "object":
        return readObject(this.context, request, [type.apiVersion, type.kind]);
    }
  }

  async update(request: UpdateRequest): Promise<{ state: Properties }> {
    return isRelease(request.type)
      ? installRelease(this.context, request, request.state.values)
      : updateObject(this.context, request);
  }

  async delete(request: DeleteRequest): Promise<void> {
    return isRelease(request.type)
      ? deleteRelease(this.context, request)
      : deleteObject(this.context, request);
  }

  cancel(): void {
    this.#cancelled.abort();
  }

  private get context(): Context {
    if (this.#context === undefined) {
      throw new Error("The engine asked for a resource before it configured the provider.");
    }
    return this.#context;
  }
}

function isRelease(type: string): boolean {
  return typeOf(type).is === "release";
}
