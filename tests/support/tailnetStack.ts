import { strict as assert } from "node:assert";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { vpcResolver } from "../../components/live/router/vpcResolver";
import { run, start, tryRun, type RunResult, type Running } from "../../host/run";
import { isObject, withValue, type Json } from "../../sandbox/providers/skeleton/json";
import type { Engine } from "../../sandbox/stack/engine";
import { namespaceOf, RESOLVERS, routerAddresses, VPC } from "../../sandbox/tailnet/places";
import type { Standpoint } from "../../sandbox/tailnet/standpoint";
import type { StateResource } from "./engine";

const STACK = "live";

/** Milliseconds in which any command of the engine has ended, unless it hangs. */
const TIMEOUT = 240_000;

/** What a command of the engine did, and how many seconds it took. */
export interface Outcome extends RunResult {
  seconds: number;
}

/** The stack `live` as an engine has it that is somewhere on a tailnet. */
export class TailnetStack {
  constructor(readonly engine: Engine) {}

  /** Runs a command of Pulumi to its end, whichever that is. */
  async run(...args: string[]): Promise<Outcome> {
    const flags = ["--non-interactive", "--stack", STACK];
    const [program, ...rest] = this.engine.command("pulumi", ...args, ...flags);
    const begun = performance.now();
    const result = await tryRun(program, rest, { ...this.engine.setting, timeout: TIMEOUT });
    return { ...result, seconds: (performance.now() - begun) / 1000 };
  }

  async succeed(...args: string[]): Promise<string> {
    const { ok, all } = await this.run(...args);
    assert.ok(ok, all);
    return all;
  }

  up(...args: string[]): Promise<string> {
    return this.succeed("up", "--yes", "--skip-preview", ...args);
  }

  /** The id of each resource in the state that has one, by its URN. */
  async ids(): Promise<Map<string, string>> {
    const resources = await this.resources();
    return new Map(resources.flatMap(({ urn, id }) => (id === undefined ? [] : [[urn, id]])));
  }

  async resources(...flags: string[]): Promise<StateResource[]> {
    const text = await this.succeed("stack", "export", ...flags);
    const { deployment } = JSON.parse(text) as { deployment: { resources?: StateResource[] } };
    return deployment.resources ?? [];
  }

  /** The resource of a type, of which there is one. */
  async only(type: string, ...flags: string[]): Promise<StateResource> {
    const [found, ...others] = (await this.resources(...flags)).filter((one) => one.type === type);
    assert.ok(found !== undefined && others.length === 0, type);
    return found;
  }

  /** Sets a key of the sandbox's own copy of the stack's config, such as `live.tailnet.splitDns`. */
  async configure(key: string, value: Json): Promise<void> {
    const [section = "", ...rest] = key.split(".");
    const path = join(this.engine.folders.project, `Pulumi.${STACK}.yaml`);
    const file = parse(await readFile(path, "utf8")) as { config: Record<string, Json> };
    const old = file.config[`k8s-test:${section}`];
    const next = withValue(isObject(old) ? old : {}, rest, value);
    const config = { ...file.config, [`k8s-test:${section}`]: next };
    await writeFile(path, stringify({ ...file, config }));
  }
}

const ENTERED = 'mount --bind "$1" /etc/resolv.conf && shift && cd "$1" && shift && exec "$@"';

/**
 * Where the stranger is, who asks the same resolver as the laptop and is on no tailnet.
 *
 * @param folder takes a file of it.
 */
export async function strangerStandpoint(tailnet: string, folder: string): Promise<Standpoint> {
  const resolver = join(folder, "resolv.conf");
  await writeFile(resolver, `nameserver ${RESOLVERS.provider}\n`);
  return {
    enter: [
      ...["nsenter", `--net=/run/netns/${namespaceOf(tailnet, "stranger")}`, "--"],
      ...["unshare", "--mount", "--propagation", "private", "--"],
      ...["sh", "-c", ENTERED, "sh", resolver],
    ],
    path: [],
  };
}

/** What the stranger tries to connect to: the API, the VPC's resolver, the first router. */
const TARGETS = [
  [VPC.host, 443],
  [vpcResolver(VPC.cidr), 53],
  [routerAddresses(0).vpc, 22],
] as const;

/** Says of each target, every other second, how far a connection came. */
const PROBE = `const { connect } = require("node:net");
const ask = ([host, port]) => new Promise((done) => {
  const socket = connect({ host, port, timeout: 2000 });
  const end = (how) => { socket.destroy(); console.log(host, port, how); done(); };
  socket.on("connect", () => end("open"));
  socket.on("timeout", () => end("ETIMEDOUT"));
  socket.on("error", ({ code }) => end(code));
});
(async () => {
  for (;;) {
    await Promise.all(${JSON.stringify(TARGETS)}.map(ask));
    await new Promise((next) => setTimeout(next, 1000));
  }
})();`;

/** How a connection ends that nobody answers, or to whose first router nothing leads yet. */
const UNANSWERED = /(?:ETIMEDOUT|EHOSTUNREACH)$/;

/** The stranger, who tries to reach the VPC all the time, by way of the first router. */
export class StrangersProbe {
  private constructor(private readonly program: Running) {}

  static async start(tailnet: string): Promise<StrangersProbe> {
    const at = ["netns", "exec", namespaceOf(tailnet, "stranger")];
    const route = ["ip", "route", "add", VPC.cidr, "via", routerAddresses(0).internet];
    await run("ip", [...at, ...route]);
    return new StrangersProbe(await start("ip", [...at, process.execPath, "-e", PROBE]));
  }

  /** @returns how often it tried, and what was answered, if only by a refusal. */
  stop(): { tries: number; reached: string[] } {
    this.program.kill();
    const lines = this.program.output().trim().split("\n");
    return { tries: lines.length, reached: lines.filter((line) => !UNANSWERED.test(line)) };
  }
}

/** Files below some folders that have a text in them, and how many were looked at. */
export async function filesWith(
  text: string,
  folders: readonly string[],
): Promise<{ found: string[]; looked: number }> {
  const found: string[] = [];
  let looked = 0;
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const content = await readFile(path, "latin1").catch(() => "");
      looked += 1;
      if (content.includes(text)) found.push(path);
    }
  }
  return { found, looked };
}
