import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { CONTAINER_PORT } from "../components/httpbin/workload";
import { run, start, tryRun, type Running, type RunResult } from "../host/run";
import { UserError } from "../host/userError";
import { sendFrom, type Errand, type HttpAnswer, type HttpRequest } from "./http";
import { asPod, type Limits, type RuntimeSpec } from "./podSpec";

/** Programs that unpack and run an image without a daemon. */
export const CONTAINER_TOOLS = [
  { program: "umoci", package: "umoci" },
  { program: "runc", package: "runc" },
];

/** A folder with the root file system of an image and the specification made from its config. */
export async function unpack(archive: string): Promise<string> {
  const bundle = archive.replace(/\.tar$/, "");
  if (existsSync(join(bundle, "config.json"))) return bundle;
  const layout = `${bundle}.layout`;
  await rm(bundle, { recursive: true, force: true });
  await mkdir(layout, { recursive: true });
  await run("tar", ["--extract", "--file", archive, "--directory", layout]);
  await run("umoci", ["unpack", "--image", `${layout}:latest`, bundle]);
  await rm(layout, { recursive: true });
  return bundle;
}

/** How a container is run. */
export interface ContainerOptions {
  limits: Limits;
  /** Changes the specification before the start. @default none */
  adapt?: (spec: RuntimeSpec) => RuntimeSpec;
}

/** Use of the container since its start. */
export interface Usage {
  /** Seconds of processor time. */
  cpu: number;
  /** Bytes in use less those of files that could be dropped, as Kubernetes counts it. */
  workingSet: number;
}

/** A container with a network of its own, in which it is alone. */
export class Container {
  private constructor(
    private readonly name: string,
    private readonly folder: string,
    private readonly process: Running,
    /** Process id of its first process, seen from outside. */
    readonly pid: number,
  ) {}

  /** Starts a container and gives it once its first process runs. */
  static async start(bundle: string, options: ContainerOptions): Promise<Container> {
    const all = join(dirname(bundle), "run");
    await removeLeftovers(all);
    const name = `${basename(bundle)}-${String(process.pid)}-${String(++started)}`;
    const folder = join(all, name);
    await mkdir(folder, { recursive: true });
    const image = JSON.parse(await readFile(join(bundle, "config.json"), "utf8")) as RuntimeSpec;
    const pod = asPod(image, options.limits, `/k8s-test-${name}`);
    pod.root = { ...pod.root, path: join(bundle, "rootfs") };
    const spec = options.adapt?.(pod) ?? pod;
    await writeFile(join(folder, "config.json"), JSON.stringify(spec));

    const pidFile = join(folder, "pid");
    const args = ["--root", join(folder, "state"), "run", "--bundle", folder];
    const running = await start("runc", [...args, "--pid-file", pidFile, name]);
    const pid = await Promise.race([
      readWhenThere(pidFile),
      running.ended.then(({ reason, all }) => {
        throw new UserError(`The container did not start. ${reason}\n${all}`);
      }),
    ]);
    return new Container(name, folder, running, Number(pid));
  }

  /** Everything that it has printed so far. */
  log(): string {
    return this.process.output();
  }

  /** Resolves once it has ended, by itself or because it was told to. */
  get ended(): Promise<RunResult> {
    return this.process.ended;
  }

  /** Sends requests to the app, each after the answer to the one before. */
  async send(requests: HttpRequest[]): Promise<HttpAnswer[]> {
    return this.errand({ port: CONTAINER_PORT, requests, atOnce: false });
  }

  /** Sends requests to the app, all at once. */
  async sendAtOnce(requests: HttpRequest[]): Promise<HttpAnswer[]> {
    return this.errand({ port: CONTAINER_PORT, requests, atOnce: true });
  }

  /** Runs a program in the network of the container, and gives what it printed. */
  async inNetwork(program: string, args: string[], input?: string): Promise<string> {
    const enter = ["--target", String(this.pid), "--net", program, ...args];
    return run("nsenter", enter, input === undefined ? {} : { input });
  }

  /**
   * Waits until the app answers. Gives the seconds from now until then.
   *
   * @throws UserError with its log, where it ends before or does not answer within `seconds`.
   */
  async ready(seconds: number): Promise<number> {
    const url = `http://127.0.0.1:${String(CONTAINER_PORT)}/status/200`;
    const begin = performance.now();
    const state = { ended: false };
    void this.ended.then(() => (state.ended = true));
    while (!state.ended && performance.now() - begin < seconds * 1000) {
      const enter = ["--target", String(this.pid), "--net"];
      const asked = await tryRun("nsenter", [...enter, "curl", "--fail", "--silent", url]);
      if (asked.ok) return (performance.now() - begin) / 1000;
      await sleep(20);
    }
    throw new UserError(`The app does not answer after ${String(seconds)} s:\n${this.log()}`);
  }

  /** What it has used so far. */
  async usage(): Promise<Usage> {
    const stats = await this.runc(["events", "--stats", this.name]);
    const { data } = JSON.parse(stats) as RuncStats;
    const { usage, raw } = data.memory;
    const inactive = raw["total_inactive_file"] ?? raw["inactive_file"] ?? 0;
    return { cpu: data.cpu.usage.total / 1e9, workingSet: usage.usage - inactive };
  }

  /** Sends a signal to its first process. */
  async signal(name: string): Promise<void> {
    await this.runc(["kill", this.name, name]);
  }

  /** Ends it, if it has not ended yet, and leaves nothing of it. */
  async remove(): Promise<void> {
    await this.runc(["delete", "--force", this.name]);
    await this.ended;
    await rm(this.folder, { recursive: true });
  }

  private async errand(errand: Errand): Promise<HttpAnswer[]> {
    return sendFrom((program, args, input) => this.inNetwork(program, args, input), errand);
  }

  private async runc(args: string[]): Promise<string> {
    return run("runc", ["--root", join(this.folder, "state"), ...args]);
  }
}

let started = 0;

/** What `runc events --stats` prints, as far as it is read here; the same for both cgroup versions. */
interface RuncStats {
  data: {
    cpu: { usage: { total: number } };
    memory: { usage: { usage: number }; raw: Record<string, number | undefined> };
  };
}

/** Ends the containers whose process was killed before it could, and removes what is left of them. */
async function removeLeftovers(all: string): Promise<void> {
  for (const name of await readdir(all).catch(() => [])) {
    const [, owner] = /-(\d+)-\d+$/.exec(name) ?? [];
    if (owner === undefined || existsSync(join("/proc", owner))) continue;
    const state = join(all, name, "state");
    await tryRun("runc", ["--root", state, "delete", "--force", name]);
    await rm(join(all, name), { recursive: true, force: true });
  }
}

async function readWhenThere(file: string): Promise<string> {
  for (;;) {
    const content = await readFile(file, "utf8").catch(() => "");
    if (content !== "") return content;
    await sleep(5);
  }
}
