import type { EngineLog } from "../../skeleton/engineLog";
import { difference } from "../../skeleton/difference";
import type { JsonObject } from "../../skeleton/json";
import type { Properties } from "../../skeleton/properties";
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
} from "../../skeleton/resourceProvider";
import { askOf } from "../acts/table";
import { NOWHERE } from "../cloudType";
import { functionShapeOf, shapeOf } from "../shapes";
import { functionOf } from "../table";
import { World } from "../world/world";
import { checkResource, shapeProblems } from "./checkResource";
import { placeOf, type Context } from "./context";
import { deleteResource } from "./deleteResource";
import { diffResource } from "./diffResource";
import { createResource, updateResource } from "./makeResource";
import { readResource } from "./readResource";
import { readSettings } from "./settings";

/** What the engine adds to the config of each provider. */
const ENGINE_KEYS = ["version", "pluginDownloadURL", "pluginChecksums", "__internal"];

/**
 * The offline stand-in for the provider of a cloud: it makes nothing but notes in a folder, and acts on
 * a tailnet where that folder names one that is real.
 */
export class CloudProvider implements ResourceProvider {
  readonly #cancelled = new AbortController();
  #context: Context | undefined;

  /** @param packageName - `aws` or `tailscale`. */
  constructor(
    private readonly packageName: string,
    private readonly log: EngineLog,
    private readonly env: Readonly<Record<string, string | undefined>> = process.env,
  ) {}

  checkConfig(news: Properties): CheckResult {
    const given = Object.entries(news.values).filter(([key]) => !ENGINE_KEYS.includes(key));
    const shape = shapeOf(`pulumi:providers:${this.packageName}`);
    return { inputs: news, failures: shapeProblems(shape, Object.fromEntries(given)) };
  }

  /** What a changed config means for resources, their own diff says. */
  diffConfig(oldInputs: JsonObject, news: JsonObject): DiffResult {
    return { changes: difference(oldInputs, news), replaces: [], deleteBeforeReplace: false };
  }

  configure(config: Properties): void {
    const world = World.of(this.env);
    this.#context = {
      settings: readSettings(this.packageName, config.values, this.env),
      world,
      existence: world ?? NOWHERE,
      log: this.log,
      signal: this.#cancelled.signal,
    };
  }

  check(request: CheckRequest): Promise<CheckResult> {
    return promised(() => checkResource(request));
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    return promised(() => diffResource(this.context, request));
  }

  create(request: CreateRequest): Promise<{ id: string; state: Properties }> {
    return createResource(this.context, request);
  }

  read(request: ReadRequest): Promise<Existing | undefined> {
    return readResource(this.context, request);
  }

  update(request: UpdateRequest): Promise<{ state: Properties }> {
    return updateResource(this.context, request);
  }

  delete(request: DeleteRequest): Promise<void> {
    return deleteResource(this.context, request);
  }

  async invoke(token: string, args: Properties): Promise<Properties> {
    const answer = functionOf(token);
    const [problem] = shapeProblems(functionShapeOf(token), args.values);
    if (problem !== undefined) throw new Error(`${token}: ${problem.property} ${problem.reason}`);
    const { existence, world, signal } = this.context;
    const ask = askOf(world, token);
    if (ask !== undefined) return { values: await ask(args.values, signal), secrets: [] };
    const scene = {
      place: placeOf(this.context, args.values),
      existence,
      api: world?.clusterApi,
    };
    return { values: answer(args.values, scene), secrets: [] };
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

/** What it gives, or a rejection with what it throws. */
async function promised<T>(give: () => T): Promise<T> {
  return Promise.resolve(give());
}
