import { setTimeout as sleep } from "node:timers/promises";

import type { Context } from "mocha";

import { startCluster, type RunningCluster } from "../../sandbox/cluster/startCluster";
import type { ApiClient } from "../../sandbox/providers/kubernetes/apiClient";
import { objectsAt, textAt, type JsonObject } from "../../sandbox/providers/skeleton/json";
import { toolsOf } from "../../sandbox/toolchain/tools";
import { clientOf } from "./client";
import { Engine } from "./engine";
import { ownStateFolder } from "./ownStateFolder";

/** Name of the cluster of these suites. */
export const PROVIDER_CLUSTER = "provider";

/** What the tests of one file share. */
export interface ProviderSuite {
  /** Its nodes are simulated, so that the suites run anywhere. */
  cluster: RunningCluster;
  client: ApiClient;
  engine: Engine;
  /** An object by its path, or undefined where there is none. */
  get(path: string): Promise<JsonObject | undefined>;
}

/** Gives the tests of a `describe` a cluster and an engine. */
export function providerSuite(): ProviderSuite {
  const suite = {
    get: async (path: string) => suite.client.call({ path }).catch(() => undefined),
  } as ProviderSuite;
  ownStateFolder(PROVIDER_CLUSTER);

  before(async function (this: Context) {
    // A machine that has no tools yet builds them here.
    this.timeout("40m");
    const tools = toolsOf("preview");
    suite.cluster = await startCluster({ name: PROVIDER_CLUSTER, tier: "cluster", tools });
    suite.client = clientOf(suite.cluster.kubeconfigPath);
    suite.engine = await Engine.create(suite.cluster);
  });

  after(async () => {
    // Unset where the cluster did not come up.
    await (suite as Partial<ProviderSuite>).engine?.remove();
  });
  return suite;
}

/** Every object of a cluster, once its own controllers have made what they make at the start. */
export async function everythingAtFirst(client: ApiClient): Promise<string[]> {
  // A kind that has only just been defined cannot be listed at once.
  const list = (): Promise<string[]> => everything(client).catch(() => []);
  for (let found = await list(); ;) {
    await sleep(SETTLED_MS);
    const next = await list();
    const hasAuthorities = next.some((object) => object.endsWith(" default/kube-root-ca.crt"));
    if (hasAuthorities && next.join() === found.join()) return next;
    found = next;
  }
}

/** For how long nothing may be added, in milliseconds. */
const SETTLED_MS = 1500;

/** Every object of the cluster, but for what changes by itself. */
export async function everything(client: ApiClient): Promise<string[]> {
  const groups = objectsAt(await client.call({ path: "/apis" }), "groups");
  const versions = groups
    .map((group) => textAt(group, "preferredVersion", "groupVersion") ?? "")
    // What it gives are readings, not objects.
    .filter((version) => !version.startsWith("metrics.k8s.io/"));
  const found: string[] = [];
  for (const path of ["/api/v1", ...versions.map((version) => `/apis/${version}`)]) {
    for (const resource of objectsAt(await client.call({ path }), "resources")) {
      const plural = textAt(resource, "name") ?? "";
      const verbs = resource["verbs"];
      const canList = Array.isArray(verbs) && verbs.includes("list");
      if (!canList || /^(?:events|leases|componentstatuses)$/.test(plural)) continue;
      for (const object of objectsAt(await client.call({ path: `${path}/${plural}` }), "items")) {
        const namespace = textAt(object, "metadata", "namespace") ?? "";
        found.push(`${path}/${plural} ${namespace}/${textAt(object, "metadata", "name") ?? ""}`);
      }
    }
  }
  return found.sort();
}

/**
 * The usual objects, in JavaScript for the engine: a namespace and what an app has.
 *
 * @param system - System of the app's node: with one that no node has, its pods never start.
 */
export function shop({
  image = "shop:1",
  label = "shop",
  greeting = "hello",
  system = "linux",
} = {}): string {
  return `
    const ns = new k8s.core.v1.Namespace("shop", { metadata: { name: "shop" } }, opts);
    const metadata = { name: "shop", namespace: ns.metadata.name };
    new k8s.core.v1.ConfigMap("greeting", {
      metadata: { namespace: ns.metadata.name }, data: { text: "${greeting}" },
    }, opts);
    new k8s.core.v1.Secret("password", { metadata, stringData: { word: "open sesame" } }, opts);
    const labels = { app: "${label}" };
    const deployment = new k8s.apps.v1.Deployment("shop", {
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            nodeSelector: { "kubernetes.io/os": "${system}" },
            containers: [{ name: "shop", image: "${image}",
              resources: { requests: { cpu: "0.05", memory: "0.5Gi" } } }],
          },
        },
      },
    }, opts);
    const service = new k8s.core.v1.Service("shop", {
      metadata, spec: { selector: labels, ports: [{ port: 80 }] },
    }, opts);
    exports.clusterIP = service.spec.clusterIP;
  `;
}
