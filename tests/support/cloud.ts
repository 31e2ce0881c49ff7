import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CloudProvider } from "../../sandbox/providers/cloud/provider/cloudProvider";
import { readJournal } from "../../sandbox/providers/cloud/world/journal";
import { World, WORLD_VARIABLE } from "../../sandbox/providers/cloud/world/world";
import type { JsonObject, Path } from "../../sandbox/providers/skeleton/json";
import type { Properties } from "../../sandbox/providers/skeleton/properties";
import {
  InitFailed,
  type DiffResult,
  type Existing,
} from "../../sandbox/providers/skeleton/resourceProvider";

/** A resource as the engine keeps it. */
export interface Made {
  type: string;
  name: string;
  id: string;
  inputs: Properties;
  state: Properties;
}

export const REGION = "eu-central-1";

/** The offline clouds with a world of their own, driven as the engine drives them. */
export class Cloud {
  readonly log: string[] = [];
  #providers = new Map<string, CloudProvider>();

  private constructor(readonly folder: string) {}

  static async create(): Promise<Cloud> {
    return new Cloud(await mkdtemp(join(tmpdir(), "test-cloud-")));
  }

  get world(): World {
    return new World(this.folder);
  }

  /** What was done, such as `create subnet`. */
  get journal(): string[] {
    return readJournal(this.folder).map(({ action, name }) => `${action} ${name}`);
  }

  /** Begins a run of the engine: with plugins anew, and config that may be another. */
  configure(config: JsonObject = {}, env = { [WORLD_VARIABLE]: this.folder }): void {
    this.#providers = new Map(
      ["aws", "tailscale"].map((name) => [name, provider(name, this.log, config, env)]),
    );
  }

  /** Registers a resource: check, then create or update, whichever is due. */
  async make(
    type: string,
    name: string,
    values: JsonObject = {},
    { secrets = [] as Path[], before = undefined as Made | undefined } = {},
  ): Promise<Made> {
    const inputs = await this.check(type, name, values, { secrets, before });
    const request = {
      ...about(type, name),
      inputs,
      preview: false,
      timeout: undefined,
    };
    if (before === undefined) {
      const { id, state } = await this.of(type).create(request);
      return { type, name, id, inputs, state };
    }
    const { id, state: old, inputs: oldInputs } = before;
    const { state } = await this.of(type).update({ ...request, id, state: old, oldInputs });
    return { type, name, id, inputs, state };
  }

  /** What is foreseen of a resource. */
  async preview(
    type: string,
    name: string,
    values: JsonObject,
    before?: Made,
  ): Promise<JsonObject> {
    const inputs = await this.check(type, name, values, { before });
    const request = { ...about(type, name), inputs, preview: true, timeout: undefined };
    if (before === undefined) return (await this.of(type).create(request)).state.values;
    const { id, state: old, inputs: oldInputs } = before;
    return (await this.of(type).update({ ...request, id, state: old, oldInputs })).state.values;
  }

  /** Inputs as the provider completes them. @throws with the failures that it has. */
  async check(
    type: string,
    name: string,
    values: JsonObject,
    { secrets = [] as Path[], before = undefined as Made | undefined } = {},
  ): Promise<Properties> {
    const { inputs, failures } = await this.of(type).check({
      ...about(type, name),
      olds: before?.inputs ?? { values: {}, secrets: [] },
      news: { values, secrets },
      randomSeed: Buffer.from("seed"),
      autonaming: undefined,
    });
    if (failures.length > 0) {
      throw new Error(failures.map(({ property, reason }) => `${property}: ${reason}`).join("\n"));
    }
    return inputs;
  }

  async diff(made: Made, values: JsonObject): Promise<DiffResult> {
    const { type, name, id, state, inputs: oldInputs } = made;
    const news = await this.check(type, name, values, { before: made });
    return this.of(type).diff({ ...about(type, name), id, state, oldInputs, news });
  }

  read({ type, name, id, state, inputs }: Made): Promise<Existing | undefined> {
    return this.of(type).read({ ...about(type, name), id, state, inputs });
  }

  delete({ type, name, id, state }: Made): Promise<void> {
    return this.of(type).delete({ ...about(type, name), id, state, timeout: undefined });
  }

  async call(token: string, values: JsonObject = {}): Promise<JsonObject> {
    return (await this.of(token).invoke(token, { values, secrets: [] })).values;
  }

  of(token: string): CloudProvider {
    const [name = ""] = token.split(":");
    const found = this.#providers.get(name);
    if (found === undefined) throw new Error(`No provider for ${token}: configure() first.`);
    return found;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What the engine gets of a resource that was made and does not work. */
export async function initFailure(making: Promise<unknown>): Promise<InitFailed> {
  try {
    await making;
  } catch (error) {
    if (error instanceof InitFailed) return error;
    throw error;
  }
  throw new Error("It works.");
}

function about(type: string, name: string): { urn: string; type: string; name: string } {
  return { urn: `urn:pulumi:live::k8s-test::${type}::${name}`, type, name };
}

function provider(
  name: string,
  log: string[],
  config: JsonObject,
  env: Record<string, string | undefined>,
): CloudProvider {
  const write = (message: string): void => {
    log.push(message);
  };
  const made = new CloudProvider(name, { info: write, warn: write, status: write }, env);
  made.configure({ values: { region: REGION, ...config }, secrets: [] });
  return made;
}
