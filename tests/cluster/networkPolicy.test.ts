import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

import { killComponent, restartComponent } from "../../sandbox/cluster/faults";
import type { Manifest } from "../../sandbox/cluster/manifests";
import { startCluster } from "../../sandbox/cluster/startCluster";
import { clusterStatus } from "../../sandbox/cluster/status";
import { stopCluster } from "../../sandbox/cluster/stopCluster";
import { firewallProblem } from "../../sandbox/cluster/tier";
import { ownStateFolder } from "../support/ownStateFolder";
import { skip } from "../support/reporter";
import { eventually } from "./eventually";
import { Kubectl } from "./kubectl";
import { machineListing } from "./machine";
import { restrictedNamespace, webPod, webService } from "./pods";
import { bestTier, suiteImages } from "./suite";

const NAME = "policies";

/** Who asks, as `namespace/pod`. */
const CLIENT = "shop/client";
const NEIGHBOUR = "shop/neighbour";
const STRANGER = "street/stranger";

/** A policy of the namespace `shop`. */
function policy(name: string, app: string, rules: Record<string, unknown>): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name, namespace: "shop" },
    spec: { podSelector: { matchLabels: { app } }, ...rules },
  };
}

describe("network policies", () => {
  const state = ownStateFolder(NAME);
  let untouched: Record<string, string[]>;
  let kubectl: Kubectl;
  /** The pod `shop/web` by its service, whose traffic is routed, and by itself, which is bridged. */
  let urls: string[];

  before(async function () {
    this.timeout(25 * 60_000);
    const { tier, because } = await bestTier();
    if (tier !== "node") skip(this, `nodes are simulated here. ${String(because)}`);
    const images = await suiteImages(tier);
    untouched = await machineListing(state.path(), NAME);
    kubectl = new Kubectl(await startCluster({ name: NAME, tier, images }));
    for (const namespace of ["shop", "street"]) {
      await kubectl.apply(restrictedNamespace(namespace));
      await kubectl.until(20, Boolean, "get", "serviceaccount", "default", "-n", namespace);
    }
    const pods = [CLIENT, NEIGHBOUR, STRANGER, "shop/web"].map((pod) => pod.split("/"));
    await kubectl.apply(
      webService("shop", "web"),
      ...pods.map(([namespace = "", name = ""]) => webPod(namespace, name)),
    );
    for (const [namespace = "", name = ""] of pods) {
      const ready = ["--for=condition=Ready", "--timeout=60s"];
      await kubectl.do("wait", "-n", namespace, `pod/${name}`, ...ready);
    }
    const service = await kubectl.get<{ spec: { clusterIP: string } }>("-n=shop", "service/web");
    const pod = await kubectl.get<{ status: { podIP: string } }>("-n=shop", "pod/web");
    urls = [`http://${service.spec.clusterIP}/`, `http://${pod.status.podIP}:8080/`];
  });

  /** What comes of a pod's request: the answer, or in a word why there is none. */
  async function ask(pod: string, url: string): Promise<string> {
    const [namespace = "", name = ""] = pod.split("/");
    const wget = ["/bin/busybox", "timeout", "3", "/bin/busybox", "wget", "-qO-", url];
    const failure = await kubectl.failure("exec", "-n", namespace, name, "--", ...wget);
    if (failure === undefined) return "answered";
    if (failure.includes("Connection refused")) return "refused";
    // A resolver asks again and again; it gives up, or `timeout` ends it.
    return /bad address|exit code 143/.test(failure) ? "no answer" : failure;
  }

  /** Asks the pod `web` from all pods, by both ways, until the answers are as expected. */
  async function expectAnswers(expected: Record<string, string>): Promise<void> {
    const pods = Object.entries(expected);
    const wanted = pods.map(([pod, answer]) => [pod, answer, answer]);
    const askAll = (pod: string) => Promise.all(urls.map((url) => ask(pod, url)));
    await eventually(wanted, () =>
      Promise.all(pods.map(async ([pod]) => [pod, ...(await askAll(pod))])),
    );
  }

  it("let everyone in where there is none", async () => {
    await expectAnswers({ [CLIENT]: "answered", [NEIGHBOUR]: "answered", [STRANGER]: "answered" });
  });

  it("let in whom they name, and refuse all others, of another namespace as well", async () => {
    const from = [{ podSelector: { matchLabels: { app: "client" } } }];
    const ports = [{ protocol: "TCP", port: 8080 }];
    await kubectl.apply(policy("web", "web", { ingress: [{ from, ports }] }));
    await expectAnswers({ [CLIENT]: "answered", [NEIGHBOUR]: "refused", [STRANGER]: "refused" });
  });

  it("follow a change while everything runs: now a namespace is let in, the client no more", async () => {
    const labels = { "kubernetes.io/metadata.name": "street" };
    const from = [{ namespaceSelector: { matchLabels: labels } }];
    await kubectl.apply(policy("web", "web", { ingress: [{ from }] }));
    await expectAnswers({ [CLIENT]: "refused", [NEIGHBOUR]: "refused", [STRANGER]: "answered" });
  });

  it("count for the port that they name alone", async () => {
    const ports = [{ protocol: "TCP", port: 8081 }];
    await kubectl.apply(policy("web", "web", { ingress: [{ ports }] }));
    await expectAnswers({ [CLIENT]: "refused", [NEIGHBOUR]: "refused", [STRANGER]: "refused" });
  });

  it("are gone as soon as they are deleted", async () => {
    await kubectl.do("delete", "-n=shop", "networkpolicy/web");
    await expectAnswers({ [CLIENT]: "answered", [NEIGHBOUR]: "answered", [STRANGER]: "answered" });
  });

  it("let nothing out of a pod but what they name, not even to DNS", async () => {
    const policyTypes = ["Egress"];
    await kubectl.apply(policy("client", "client", { policyTypes }));
    await expectAnswers({ [CLIENT]: "refused", [NEIGHBOUR]: "answered", [STRANGER]: "answered" });
    assert.equal(await ask(CLIENT, "http://web/"), "no answer");

    const toWeb = { to: [{ podSelector: { matchLabels: { app: "web" } } }] };
    await kubectl.apply(policy("client", "client", { policyTypes, egress: [toWeb] }));
    await expectAnswers({ [CLIENT]: "answered" });
    assert.equal(await ask(CLIENT, "http://web/"), "no answer");

    const toDns = { ports: [{ protocol: "UDP", port: 53 }] };
    await kubectl.apply(policy("client", "client", { policyTypes, egress: [toWeb, toDns] }));
    await kubectl.until(10, Boolean, ...webByName());
  });

  /** Asks for the pod `web` by its name, from the client. */
  function webByName(): string[] {
    return ["exec", "-n=shop", "client", "--", "/bin/busybox", "wget", "-qO-", "http://web/"];
  }

  it("cannot be got round by IPv6, of which pods have no address", async () => {
    const addresses = ["/bin/busybox", "cat", "/proc/net/if_inet6"];
    const found = await kubectl.do("exec", "-n=shop", "web", "--", ...addresses);
    assert.doesNotMatch(found, /eth0/);
  });

  it("are no surprise where the kernel cannot enforce them: the real node is not begun", async () => {
    assert.equal(await firewallProblem(), undefined);
    assert.match(
      String(await firewallProblem("echo no such match >&2; false")),
      /cannot enforce network policies \(.*br_netfilter\): no such match\./,
    );
  });

  it("stay as they are when kube-router has ended, and are followed when it is back", async () => {
    await kubectl.apply(policy("web", "web", { ingress: [] }));
    await expectAnswers({ [NEIGHBOUR]: "refused", [STRANGER]: "refused" });
    await killComponent(NAME, "kube-router");
    const status = await clusterStatus(NAME);
    const ended = status?.processes.filter(({ alive }) => !alive).map(({ name }) => name);
    assert.deepEqual(ended, ["kube-router"]);
    await kubectl.do("delete", "-n=shop", "networkpolicy/web");
    await sleep(1000);
    await expectAnswers({ [NEIGHBOUR]: "refused", [STRANGER]: "refused" });
    await restartComponent(NAME, "kube-router");
    await expectAnswers({ [NEIGHBOUR]: "answered", [STRANGER]: "answered" });
  });

  it("leave nothing on the machine when the cluster is taken down", async () => {
    assert.equal(await stopCluster({ name: NAME }), true);
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
  });
});
