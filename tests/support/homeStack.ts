import { strict as assert } from "node:assert";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import {
  isObject,
  withValue,
  type Json,
  type JsonObject,
} from "../../sandbox/providers/skeleton/json";
import type { Place } from "../../sandbox/stack/place";
import { startPulumi, type EngineResult, type Running } from "./engine";

/** The stack at home. */
export const HOME = "home";
const TOKEN = "k8s-test:dnsToken";
/**
 * No command takes longer, in milliseconds: cert-manager pauses for a minute with a challenge, also with one
 * that is to be deleted meanwhile, and there may be two, one after the other.
 */
const TIMEOUT = 300_000;

/** What a stack says of itself in `Pulumi.home.yaml`, by full key. */
type Config = Record<string, Json>;

/** The stack `home` of a place, with the commands that its owner has. */
export class HomeStack {
  private constructor(
    private readonly place: Place,
    private readonly usual: Config,
  ) {}

  /** @param place where the stack has been prepared. */
  static async in(place: Place): Promise<HomeStack> {
    return new HomeStack(place, (await fileOf(place)).config);
  }

  /**
   * Sets the config as the sandbox has it, but for some keys.
   *
   * @param changes by their keys below `k8s-test:`, such as `home.acme.server`; null leaves one out.
   */
  async configure(changes: Readonly<Record<string, Json>>): Promise<void> {
    let all: JsonObject = this.usual;
    for (const [key, value] of Object.entries(changes)) {
      const [first = "", ...rest] = key.split(".");
      all = changed(all, [`k8s-test:${first}`, ...rest], value);
    }
    await writeFile(pathOf(this.place), stringify({ ...(await fileOf(this.place)), config: all }));
  }

  /** A secret as the config has it, to be given to `configure`. */
  async encrypted(token: string): Promise<Json> {
    await this.place.engine.read(["config", "set", "--secret", "--stack", HOME, TOKEN], {
      input: token,
    });
    return (await fileOf(this.place)).config[TOKEN] ?? assert.fail("no secret");
  }

  start(...args: string[]): Promise<Running> {
    const { folders, env } = this.place.engine;
    return startPulumi([...args, "--stack", HOME], { cwd: folders.project, env, timeout: TIMEOUT });
  }

  async run(...args: string[]): Promise<EngineResult> {
    const { exitCode, all } = await (await this.start(...args)).result;
    return { exitCode: exitCode ?? -1, output: all };
  }

  /** A command that must not fail. */
  async succeed(...args: string[]): Promise<string> {
    const { exitCode, output } = await this.run(...args);
    assert.equal(exitCode, 0, output);
    return output;
  }

  up(): Promise<string> {
    return this.succeed("up", "--yes", "--skip-preview");
  }

  /** An update that must fail in plain words. @returns everything that was printed. */
  async fail(): Promise<string> {
    const { exitCode, output } = await this.run("up", "--yes", "--skip-preview");
    assert.ok(exitCode > 0, output);
    assert.doesNotMatch(output, /^\s+at .*\.[cm]?[jt]s:\d+/m, "a stack trace");
    return output;
  }

  /** An update that must fail for want of a certificate. @returns what its message says. */
  async failForCertificate(): Promise<Why> {
    const output = await this.fail();
    const at = output.lastIndexOf("No certificate for https://");
    assert.ok(at >= 0, output);
    return whyOf(output.slice(at));
  }
}

/** What a message says of a certificate that is not there. */
export interface Why {
  cause: string;
  seen: string;
  mend: string;
  again: string;
}

function whyOf(message: string): Why {
  const line = (word: string): string =>
    new RegExp(`^\\s*${word}: +(.*)$`, "m").exec(message)?.[1] ?? "";
  return { cause: line("cause"), seen: line("seen"), mend: line("mend"), again: line("again") };
}

interface StackFile {
  config: Config;
}

function pathOf({ engine }: Place): string {
  return join(engine.folders.project, `Pulumi.${HOME}.yaml`);
}

async function fileOf(place: Place): Promise<StackFile> {
  return parse(await readFile(pathOf(place), "utf8")) as StackFile;
}

/** A copy with one value set at a path, or left out. */
function changed(value: JsonObject, path: readonly string[], to: Json): JsonObject {
  if (to !== null) return withValue(value, path, to);
  const [key = "", ...rest] = path;
  const { [key]: old, ...others } = value;
  if (rest.length === 0) return others;
  return isObject(old) ? { ...value, [key]: changed(old, rest, to) } : value;
}
