import { mkdir } from "node:fs/promises";
import { isAbsolute } from "node:path";

import { run } from "../../host/run";
import type { Toolchain } from "../toolchain/toolchain";
import { ApiClient } from "./apiClient";
import { writeCertificates } from "./certificates";
import type { Component, Setting } from "./component";
import { apiserver } from "./components/apiserver";
import { controllerManager } from "./components/controllerManager";
import { etcd } from "./components/etcd";
import { metricsServer } from "./components/metricsServer";
import { scheduler } from "./components/scheduler";
import { writeKubeconfigs } from "./kubeconfigs";
import type { Manifest } from "./manifests";
import { until } from "./readiness";
import type { Starter } from "./starter";
import { serverUrl } from "./topology";

/** What the two tiers share while a cluster comes up. */
export class Bringing {
  private constructor(
    readonly setting: Setting,
    readonly tools: Toolchain,
    readonly starter: Starter,
    readonly api: ApiClient,
  ) {}

  /** Makes the keys of a cluster, and what is needed to start it. */
  static async of(setting: Setting, tools: Toolchain, starter: Starter): Promise<Bringing> {
    const { layout, topology } = setting;
    await mkdir(layout.etcd, { recursive: true, mode: 0o700 });
    await writeCertificates(layout, topology);
    await writeKubeconfigs(layout, topology);
    return Bringing.again(setting, tools, starter);
  }

  /** Goes on with a cluster that runs, and so has its keys. */
  static async again(setting: Setting, tools: Toolchain, starter: Starter): Promise<Bringing> {
    const { layout, topology } = setting;
    const api = await ApiClient.of(layout, serverUrl(topology));
    return new Bringing(setting, tools, starter, api);
  }

  /** Starts a component, in the node where its prefix is given. */
  async start(component: Component, prefix: readonly string[]): Promise<void> {
    const { tool } = component;
    const command = isAbsolute(tool) ? tool : this.tools.path(tool);
    await this.starter.start(component, { command, prefix }, this.api);
  }

  /** Starts the store and the API server: all others wait for these two. */
  async startApi(nodes: "real" | "simulated", prefix: readonly string[]): Promise<void> {
    await this.start(etcd(this.setting), prefix);
    await this.start(apiserver(this.setting, nodes), prefix);
  }

  /**
   * Starts what makes the API do things, and the metrics API.
   *
   * @param others What else must not start before it may read the API, by the roles in `manifests`.
   */
  async startControllers(
    manifests: readonly Manifest[],
    prefix: readonly string[],
    others: readonly Component[] = [],
  ): Promise<void> {
    const readers = [metricsServer(this.setting), ...others];
    await Promise.all([
      this.start(controllerManager(this.setting), prefix),
      this.start(scheduler(this.setting), prefix),
      this.apply(manifests).then(() =>
        Promise.all(readers.map((reader) => this.start(reader, prefix))),
      ),
    ]);
  }

  /**
   * Applies objects, as the owner of all of them.
   *
   * @param what they are, for the times that are told. @default the cluster's own
   */
  async apply(
    manifests: readonly Manifest[],
    what = "objects of the cluster itself",
  ): Promise<void> {
    const { layout } = this.setting;
    const list = { apiVersion: "v1", kind: "List", items: manifests };
    const options = ["--server-side", "--force-conflicts", "--field-manager=k8s-test-sandbox"];
    await run(
      this.tools.path("kubectl"),
      [
        `--kubeconfig=${layout.kubeconfig}`,
        `--cache-dir=${layout.folder}/kubectl-cache`,
        ...["apply", ...options, "--validate=false", "--filename=-"],
      ],
      { input: JSON.stringify(list) },
    );
    this.starter.note(what);
  }

  /** Waits until nodes are Ready and pods may be made. */
  async untilUsable(nodeNames: readonly string[]): Promise<void> {
    const { signal } = this.starter;
    const account = "/api/v1/namespaces/default/serviceaccounts/default";
    const has = async (path: string): Promise<boolean> =>
      (await this.api.object(path).catch(() => undefined)) !== undefined;
    await Promise.all([
      until("pods may be made", () => has(account), signal),
      ...nodeNames.map((name) =>
        until(`node ${name} is Ready`, () => nodeIsReady(this.api, name), signal),
      ),
    ]);
    this.starter.note(nodeNames.length === 1 ? "node Ready" : "nodes Ready");
  }
}

interface Node {
  spec: { taints?: { key: string }[] };
  status?: { conditions?: { type: string; status: string }[] };
}

/** Whether a node is Ready, and lets pods come. */
async function nodeIsReady(api: ApiClient, name: string): Promise<boolean> {
  // On a busy machine an answer may come too late: the next one will do.
  const node = await api.object<Node>(`/api/v1/nodes/${name}`).catch(() => undefined);
  if (node === undefined) return false;
  const ready = node.status?.conditions?.find(({ type }) => type === "Ready");
  return ready?.status === "True" && (node.spec.taints ?? []).length === 0;
}
