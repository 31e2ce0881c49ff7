import { setTimeout as sleep } from "node:timers/promises";

import { run, tryRun } from "../../host/run";
import type { Manifest } from "../../sandbox/cluster/manifests";
import type { RunningCluster } from "../../sandbox/cluster/startCluster";

/** The cluster's own kubectl, as its administrator. */
export class Kubectl {
  private readonly program: string;
  private readonly common: string[];

  constructor(cluster: RunningCluster) {
    this.program = cluster.tools.path("kubectl");
    const { kubeconfigPath } = cluster;
    this.common = [`--kubeconfig=${kubeconfigPath}`, `--cache-dir=${kubeconfigPath}-cache`];
  }

  async do(...args: string[]): Promise<string> {
    return run(this.program, [...this.common, ...args]);
  }

  /** What kubectl says where it fails; undefined where it does not. */
  async failure(...args: string[]): Promise<string | undefined> {
    const { ok, all } = await tryRun(this.program, [...this.common, ...args]);
    return ok ? undefined : all;
  }

  async get<T>(...args: string[]): Promise<T> {
    return JSON.parse(await this.do("get", "--output=json", ...args)) as T;
  }

  async apply(...manifests: Manifest[]): Promise<void> {
    const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: manifests });
    await run(this.program, [...this.common, "apply", "--filename=-"], { input });
  }

  /** Says what is wrong with objects that the server refuses; undefined where it takes them. */
  async refusal(...manifests: Manifest[]): Promise<string | undefined> {
    const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: manifests });
    const { ok, all } = await tryRun(this.program, [...this.common, "apply", "--filename=-"], {
      input,
    });
    return ok ? undefined : all;
  }

  /** Tries a command until it works and its output is as wanted, at most so many seconds long. */
  async until(
    seconds: number,
    wanted: (out: string) => boolean,
    ...args: string[]
  ): Promise<string> {
    const deadline = Date.now() + seconds * 1000;
    for (;;) {
      const { ok, stdout, all } = await tryRun(this.program, [...this.common, ...args]);
      if (ok && wanted(stdout)) return stdout;
      if (Date.now() > deadline) throw new Error(`not within ${String(seconds)} s: ${all}`);
      await sleep(500);
    }
  }
}
