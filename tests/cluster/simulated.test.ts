import { strict as assert } from "node:assert";

import { startCluster, type RunningCluster } from "../../sandbox/cluster/startCluster";
import { stopCluster } from "../../sandbox/cluster/stopCluster";
import { ownStateFolder } from "../support/ownStateFolder";
import { Kubectl } from "./kubectl";
import { machineListing } from "./machine";
import { restrictedNamespace, webPod } from "./pods";

const NAME = "simulated";
const NAMESPACE = "restricted";

describe("a cluster with simulated nodes", () => {
  const state = ownStateFolder(NAME);
  let untouched: Record<string, string[]>;
  let cluster: RunningCluster;
  let kubectl: Kubectl;

  before(async function () {
    this.timeout(25 * 60_000);
    untouched = await machineListing(state.path(), NAME);
    cluster = await startCluster({ name: NAME, tier: "cluster", arm64Node: true });
    kubectl = new Kubectl(cluster);
    await kubectl.apply(restrictedNamespace(NAMESPACE));
    await kubectl.until(20, Boolean, "get", "serviceaccount", "default", "-n", NAMESPACE);
  });

  it("listens on loopback alone", () => {
    assert.equal(new URL(cluster.serverUrl).hostname, "127.0.0.1");
  });

  it("puts a pod that asks for arm64 on the node that is labelled so", async () => {
    const nodeSelector = { "kubernetes.io/arch": "arm64" };
    await kubectl.apply(webPod(NAMESPACE, "arm", { nodeSelector }));
    const wait = ["wait", "-n", NAMESPACE, "--for=condition=Ready", "pod/arm", "--timeout=30s"];
    await kubectl.do(...wait);
    const node = ["get", "-n", NAMESPACE, "pod", "arm", "--output=jsonpath={.spec.nodeName}"];
    assert.equal(await kubectl.do(...node), "sandbox-arm64");
  });

  it("says of a pod the usage that its annotation asks for", async () => {
    const pod = webPod(NAMESPACE, "busy");
    pod.metadata.annotations = {
      "kwok.x-k8s.io/usage-cpu": "250m",
      "kwok.x-k8s.io/usage-memory": "64Mi",
    };
    await kubectl.apply(pod);
    const usage = ["top", "pod", "-n", NAMESPACE, "busy", "--no-headers"];
    const out = await kubectl.until(
      60,
      (text) => /busy +2[45]\d+m|busy +250m/.test(text),
      ...usage,
    );
    assert.match(out, /busy +2\d\dm +64Mi/);
  });

  it("leaves nothing when it is taken down", async () => {
    await stopCluster({ name: NAME });
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
  });
});
