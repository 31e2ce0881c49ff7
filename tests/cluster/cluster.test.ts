import { strict as assert } from "node:assert";

import { until } from "../../sandbox/cluster/readiness";
import { killComponent, restartComponent } from "../../sandbox/cluster/faults";
import { startCluster, type RunningCluster } from "../../sandbox/cluster/startCluster";
import { clusterStatus } from "../../sandbox/cluster/status";
import { stopCluster } from "../../sandbox/cluster/stopCluster";
import type { TierChoice } from "../../sandbox/cluster/tier";
import { ownStateFolder } from "../support/ownStateFolder";
import { skip } from "../support/reporter";
import { Kubectl } from "./kubectl";
import { machineListing } from "./machine";
import { restrictedNamespace, webPod, webService } from "./pods";
import { bestTier, suiteImages } from "./suite";

const NAME = "suite";
const NAMESPACE = "restricted";
const NODE_PORT = 30080;

interface Node {
  metadata: { name: string };
  status: { conditions: { type: string; status: string }[]; nodeInfo: { kubeletVersion: string } };
}

/** The best cluster that this machine can have. */
describe("a cluster", () => {
  const state = ownStateFolder(NAME);
  let choice: TierChoice;
  let untouched: Record<string, string[]>;
  let cluster: RunningCluster;
  let kubectl: Kubectl;

  before(async function () {
    // The first time, its tools are built.
    this.timeout(25 * 60_000);
    choice = await bestTier();
    const images = await suiteImages(choice.tier);
    untouched = await machineListing(state.path(), NAME);
    cluster = await startCluster({ name: NAME, images });
    kubectl = new Kubectl(cluster);
    await kubectl.apply(restrictedNamespace(NAMESPACE));
    await kubectl.until(20, Boolean, "get", "serviceaccount", "default", "-n", NAMESPACE);
  });

  /** Skips a test that asks for a real node, where there is none. */
  function needsNode(context: Mocha.Context): void {
    if (cluster.tier !== "node")
      skip(context, `nodes are simulated here. ${String(choice.because)}`);
  }

  it("takes the best tier, and has its node Ready", async () => {
    assert.equal(cluster.tier, choice.tier);
    const { items } = await kubectl.get<{ items: Node[] }>("nodes");
    const ready = ({ status }: Node): boolean =>
      status.conditions.some(({ type, status: is }) => type === "Ready" && is === "True");
    assert.deepEqual(
      items.map((node) => [node.metadata.name, ready(node)]),
      [["sandbox", true]],
    );
  });

  it("runs a pod that is restricted", async () => {
    await kubectl.apply(webPod(NAMESPACE, "web"), webService(NAMESPACE, "web", NODE_PORT));
    await kubectl.do("wait", "-n", NAMESPACE, "--for=condition=Ready", "pod/web", "--timeout=60s");
  });

  it("lets the host reach the pod", async function () {
    needsNode(this);
    const url = `http://${new URL(cluster.serverUrl).hostname}:${String(NODE_PORT)}/`;
    const answers = (): Promise<boolean> =>
      fetch(url).then(
        (answer) => answer.ok,
        () => false,
      );
    // kube-proxy learns of the pod a moment after it is Ready.
    await until("the port of the node answers", answers, undefined, 20_000);
    assert.equal(await (await fetch(url)).text(), "web\n");
  });

  it("lets a pod find a service by name, and reach the pod behind it", async function () {
    needsNode(this);
    await kubectl.apply(webPod(NAMESPACE, "client"));
    const wait = ["wait", "-n", NAMESPACE, "--for=condition=Ready", "pod/client", "--timeout=60s"];
    await kubectl.do(...wait);
    const url = `http://web.${NAMESPACE}.svc.cluster.local/`;
    const exec = ["exec", "-n", NAMESPACE, "client", "--", "/bin/busybox"];
    const answer = await kubectl.until(20, Boolean, ...exec, "wget", "-qO-", url);
    assert.equal(answer, "web");
    // The short name needs the search domains that the kubelet writes.
    assert.equal(await kubectl.do(...exec, "wget", "-qO-", "http://web/"), "web");
  });

  it("resolves no name from outside, since there is no way out", async function () {
    needsNode(this);
    const lookup = ["/bin/busybox", "nslookup", "example.com"];
    const failure = await kubectl.failure("exec", "-n", NAMESPACE, "client", "--", ...lookup);
    assert.match(String(failure), /can't find example\.com/);
  });

  it("serves the usage of pods and nodes", async () => {
    const usage = ["get", "--raw", `/apis/metrics.k8s.io/v1beta1/namespaces/${NAMESPACE}/pods/web`];
    const pod = await kubectl.until(60, (out) => out.includes('"memory":"'), ...usage);
    const { containers } = JSON.parse(pod) as {
      containers: { name: string; usage: { cpu: string; memory: string } }[];
    };
    assert.equal(containers[0]?.name, "web");
    assert.match(containers[0].usage.memory, /^[1-9]\d*(?:Ki|Mi)?$/);
    await kubectl.until(30, (out) => /sandbox +\d+m/.test(out), "top", "nodes");
  });

  it("refuses a pod that is not restricted, and says what is wrong with it", async () => {
    const pod = webPod(NAMESPACE, "unsafe", { hostNetwork: true, securityContext: {} });
    const refusal = String(await kubectl.refusal(pod));
    assert.match(refusal, /violates PodSecurity "restricted:latest"/);
    assert.match(refusal, /host namespaces \(hostNetwork=true\)/);
  });

  it("shows what runs, how much memory it takes, and where its logs are", async () => {
    const status = await clusterStatus(NAME);
    assert.equal(status?.state.phase, "running");
    assert.equal(status.apiReady, true);
    assert.deepEqual(
      status.processes.filter(({ alive }) => !alive),
      [],
    );
    const names = status.processes.map(({ name }) => name);
    const real = ["holder", "containerd", "kubelet", "kube-proxy", "kube-router", "coredns"];
    for (const name of choice.tier === "node" ? real : ["kwok"])
      assert.ok(names.includes(name), name);
    const api = status.processes.find(({ name }) => name === "kube-apiserver");
    if (process.platform === "linux") assert.ok(Number(api?.memory) > 50);
  });

  it("shows which process has crashed, and goes on when that is started again", async () => {
    await killComponent(NAME, "kube-apiserver");
    const status = await clusterStatus(NAME);
    assert.equal(status?.apiReady, false);
    const ended = status.processes.filter(({ alive }) => !alive).map(({ name }) => name);
    assert.deepEqual(ended, ["kube-apiserver"]);
    await restartComponent(NAME, "kube-apiserver");
    assert.equal((await clusterStatus(NAME))?.apiReady, true);
    const node = await kubectl.get<Node>("node", "sandbox");
    assert.equal(node.metadata.name, "sandbox");
    await assert.rejects(killComponent(NAME, "kube-api"), /no process kube-api\. It has .*etcd/);
  });

  it("is not started a second time, but can be used again", async () => {
    await assert.rejects(startCluster({ name: NAME }), /^UserError: Cluster "suite" runs already/);
    const again = await startCluster({ name: NAME, whenRunning: "reuse" });
    assert.equal(again.serverUrl, cluster.serverUrl);
    assert.deepEqual(again.timings, {});
  });

  it("does not let a second real node take its addresses", async function () {
    needsNode(this);
    const second = startCluster({ name: "second", tier: "node" });
    await assert.rejects(
      second,
      /k8s-test0 has the name or an address.*one cluster of tier "node"/,
    );
    assert.equal(await clusterStatus("second"), undefined);
  });

  it("leaves nothing when it is taken down, twice", async () => {
    assert.equal(await stopCluster({ name: NAME }), true);
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
    assert.equal(await stopCluster({ name: NAME }), false);
  });
});
