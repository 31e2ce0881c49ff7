import type { JsonObject } from "./json";
import type { Properties } from "./properties";

/** Which resource a request is about. */
export interface Resource {
  urn: string;
  /** Type token, such as `kubernetes:core/v1:Secret`. */
  type: string;
  /** Name in the program. */
  name: string;
}

export interface CheckRequest extends Resource {
  /** Inputs of the last update; empty for a new resource. */
  olds: Properties;
  news: Properties;
  /** Makes the same generated names in a preview and in the update after it. */
  randomSeed: Uint8Array;
  /** What the stack's config says about generated names; undefined where it says nothing. */
  autonaming: { proposedName: string; mode: "propose" | "enforce" | "disable" } | undefined;
}

export interface CheckFailure {
  property: string;
  /** What is wrong, why, and what to do. */
  reason: string;
}

export interface CheckResult {
  inputs: Properties;
  failures: CheckFailure[];
}

export interface DiffRequest extends Resource {
  id: string;
  state: Properties;
  oldInputs: Properties;
  news: Properties;
}

export type Change = "add" | "delete" | "update";

export interface DiffResult {
  /** Changes of inputs by path, as {@link formatPath} writes it. */
  changes: Map<string, Change>;
  /** Those of the paths that only a new resource can take. */
  replaces: string[];
  deleteBeforeReplace: boolean;
}

export interface CreateRequest extends Resource {
  inputs: Properties;
  preview: boolean;
  /** Seconds, from the resource's `customTimeouts`; undefined where it has none. */
  timeout: number | undefined;
}

export interface UpdateRequest extends CreateRequest {
  id: string;
  state: Properties;
  oldInputs: Properties;
}

export interface ReadRequest extends Resource {
  id: string;
  /** Empty where the resource is to be imported. */
  state: Properties;
  inputs: Properties;
}

export interface DeleteRequest extends Resource {
  id: string;
  state: Properties;
  timeout: number | undefined;
}

/** What is there. */
export interface Existing {
  id: string;
  state: Properties;
  inputs: Properties;
}

/**
 * A resource provider, in plain values. All methods throw Errors whose message says what is wrong,
 * why, and what to do; one that made a resource which does not work throws an {@link InitFailed}.
 */
export interface ResourceProvider {
  checkConfig(news: Properties): CheckResult;
  diffConfig(oldInputs: JsonObject, news: JsonObject): DiffResult;
  configure(config: Properties): Promise<void> | void;
  check(request: CheckRequest): Promise<CheckResult>;
  diff(request: DiffRequest): Promise<DiffResult>;
  create(request: CreateRequest): Promise<{ id: string; state: Properties }>;
  /** @returns undefined where the resource is gone. */
  read(request: ReadRequest): Promise<Existing | undefined>;
  update(request: UpdateRequest): Promise<{ state: Properties }>;
  delete(request: DeleteRequest): Promise<void>;
  /** Answers a function of the program. @default each is refused */
  invoke?(token: string, args: Properties): Promise<Properties>;
  /** Ends what is under way, soon. */
  cancel(): void;
}

/** The resource was made, and belongs into the state, but does not work (yet). */
export class InitFailed extends Error {
  override readonly name = "InitFailed";

  constructor(
    message: string,
    readonly existing: Existing,
    readonly reasons: string[],
  ) {
    super(message);
  }
}
