import { strict as assert } from "node:assert";
import { readFile, writeFile } from "node:fs/promises";

import { parse, stringify } from "yaml";

import { OURS_SELECTOR } from "../../../load/generator/jobs";
import type { Manifest } from "../../../sandbox/cluster/manifests";
import { startCluster, type RunningCluster } from "../../../sandbox/cluster/startCluster";
import { childOf } from "../../../sandbox/cluster/processes";
import { clusterStatus } from "../../../sandbox/cluster/status";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import { putGeneratorImage } from "../../../sandbox/stack/generatorImage";
import { Kubectl } from "../../cluster/kubectl";
import { restrictedNamespace, webPod, webService } from "../../cluster/pods";
import { ownStateFolder } from "../../support/ownStateFolder";
import { LoadProcess, runLoadProcess } from "../../support/loadProcess";
import { loadSuite } from "../../support/loadSuite";

const NAME = "load-faults";
const NAMESPACE = "shop";
const METRICS_API = "v1beta1.metrics.k8s.io";

interface KubeconfigFile {
  users: { name: string; user: object }[];
  clusters: { cluster: { server: string } }[];
}

/** An app of pods that use so much, with an autoscaler. */
function app(name: string, use: string, autoscaler: object, container = {}): Manifest[] {
  const { spec, metadata } = webPod(NAMESPACE, name) as Manifest & {
    spec: { containers: object[] };
  };
  const annotations = { "kwok.x-k8s.io/usage-cpu": use, "kwok.x-k8s.io/usage-memory": "20Mi" };
  const scaleTargetRef = { apiVersion: "apps/v1", kind: "Deployment", name };
  const containers = spec.containers.map((each) => ({ ...each, ...container }));
  const template = {
    metadata: { labels: metadata.labels, annotations },
    spec: { ...spec, containers },
  };
  return [
    webService(NAMESPACE, name),
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name, namespace: NAMESPACE },
      spec: { selector: { matchLabels: metadata.labels }, template },
    },
    {
      apiVersion: "autoscaling/v2",
      kind: "HorizontalPodAutoscaler",
      metadata: { name, namespace: NAMESPACE },
      spec: { scaleTargetRef, minReplicas: 1, maxReplicas: 4, ...autoscaler },
    },
  ];
}

const target = { type: "Utilization", averageUtilization: 50 };
const cpu = { metrics: [{ type: "Resource", resource: { name: "cpu", target } }] };

describe("npm run load, where something is wrong before any load", () => {
  ownStateFolder(NAME);
  let cluster: RunningCluster;
  let kubectl: Kubectl;

  /** What is said, where it refuses as it should: with exit code 1, and no generator left. */
  async function refusal(...args: string[]): Promise<string> {
    const { exitCode, said } = await runLoadProcess(
      ...["--kubeconfig", cluster.kubeconfigPath, "--namespace", NAMESPACE],
      ...args,
    );
    assert.equal(exitCode, 1, said);
    const left = await kubectl.do("get", "jobs,pods", "-A", "-l", OURS_SELECTOR, "--output=name");
    assert.equal(left, "");
    return said.trim();
  }
  const of = (name: string): string[] => ["--service", name, "--autoscaler", name];

  before(async function () {
    this.timeout(25 * 60_000);
    cluster = await startCluster({ name: NAME, tier: "cluster" });
    kubectl = new Kubectl(cluster);
    await kubectl.apply(
      restrictedNamespace(NAMESPACE),
      ...app("calm", "1m", cpu),
      ...app("full", "100m", { ...cpu, maxReplicas: 2 }),
      ...app("fixed", "1m", { ...cpu, minReplicas: 3, maxReplicas: 3 }),
      ...app("unread", "1m", cpu, { resources: {} }),
    );
    const replicas = "--output=jsonpath={.status.currentReplicas}";
    await kubectl.until(
      90,
      (text) => text === "2",
      "get",
      "hpa",
      "full",
      "-n",
      NAMESPACE,
      replicas,
    );
  });

  it("names the namespace that does not exist, and the cluster where it was looked for", async () => {
    assert.equal(
      await refusal("--namespace", "shoop"),
      `There is no namespace shoop on the cluster at ${cluster.serverUrl}, and so no service httpbin and no autoscaler httpbin. Run \`pulumi up\` there, or give other names (--namespace, --service, --autoscaler).`,
    );
  });

  it("names service and autoscaler that are missing, at once", async () => {
    assert.equal(
      await refusal(),
      `There is no service httpbin and no autoscaler httpbin in namespace shop on the cluster at ${cluster.serverUrl}. Run \`pulumi up\` there, or give other names (--service, --autoscaler).`,
    );
    assert.match(
      await refusal("--service", "calm"),
      /^There is no autoscaler httpbin in namespace/,
    );
  });

  it("names everything that the user may not, at once", async () => {
    const file = parse(await readFile(cluster.kubeconfigPath, "utf8")) as KubeconfigFile;
    const [user] = file.users;
    assert.ok(user !== undefined);
    user.user = { ...user.user, as: "somebody" };
    const path = `${cluster.kubeconfigPath}-somebody`;
    await writeFile(path, stringify(file), { mode: 0o600 });
    const all =
      "get services, get horizontalpodautoscalers.autoscaling, list pods, list endpointslices.discovery.k8s.io, list events, get pods/log, list jobs.batch, create jobs.batch, delete jobs.batch";
    const sentence = (missing: string): string =>
      `The kubeconfig's user may not ${missing} in namespace shop, and the load test needs it. Use one that may, or have a Role with this bound to it.`;
    assert.equal(await refusal("--kubeconfig", path), sentence(all));

    // Whoever may only look lacks the rest.
    const binding = ["create", "rolebinding", "looks", "-n", NAMESPACE];
    await kubectl.do(...binding, "--clusterrole=view", "--user=somebody");
    assert.equal(
      await refusal("--kubeconfig", path, ...of("calm")),
      sentence("create jobs.batch, delete jobs.batch"),
    );
  });

  it("says that an autoscaler cannot scale whose maximum is its minimum", async () => {
    assert.equal(
      await refusal(...of("fixed")),
      "The autoscaler fixed cannot scale: its minReplicas and its maxReplicas are both 3. Set maxReplicas above minReplicas.",
    );
  });

  it("says that the maximum is reached already", async () => {
    assert.equal(
      await refusal(...of("full")),
      "The autoscaler full is at its maximum of 2 pods before any load, so that nothing can be seen of it. Wait until it is back at 1 (kubectl get hpa -n shop --watch), then run the command again.",
    );
  });

  it("gives the reason of an autoscaler that cannot read a metric", async () => {
    assert.match(
      await refusal(...of("unread")),
      /^The autoscaler unread does not scale \(FailedGetResourceMetric: .*missing request for cpu in container web.*\)\. See: kubectl describe hpa unread -n shop$/,
    );
  });

  it("says that there is no metrics API, and what brings one", async () => {
    const service = await kubectl.get<Manifest>("apiservice", METRICS_API);
    await kubectl.do("delete", "apiservice", METRICS_API);
    assert.equal(
      await refusal(...of("calm")),
      "The cluster has no metrics API, so that no autoscaler can read cpu or memory. Install metrics-server, or see why it does not run: kubectl describe apiservice v1beta1.metrics.k8s.io",
    );
    const { name } = service.metadata;
    await kubectl.apply({ ...service, metadata: { name } });
  });

  it("says that the cluster does not answer, or that there is no such context or kubeconfig", async () => {
    const file = parse(await readFile(cluster.kubeconfigPath, "utf8")) as KubeconfigFile;
    for (const each of file.clusters) each.cluster.server = "https://127.0.0.1:1";
    const path = `${cluster.kubeconfigPath}-nowhere`;
    await writeFile(path, stringify(file), { mode: 0o600 });
    assert.equal(
      await refusal("--kubeconfig", path),
      "The cluster at https://127.0.0.1:1 does not answer: ECONNREFUSED. See that it runs, and that --kubeconfig and --context are the ones that you mean.",
    );
    assert.match(
      await refusal("--context", "other"),
      /^There is no context "other" in .*: it has "/,
    );
    assert.equal(
      await refusal("--kubeconfig", "/nowhere/config"),
      "There is no kubeconfig at /nowhere/config. Give its path to --kubeconfig.",
    );
  });

  after(async function () {
    this.timeout("1m");
    await stopCluster({ name: NAME });
  });
});

describe("npm run load, where something happens on the way", () => {
  const name = "load-mishaps";
  const { kubectl, flags, expectNoGenerator } = loadSuite(name);

  it("names an image that cannot be pulled, within seconds", async () => {
    const began = Date.now();
    const image = "localhost/k8s-test/none:1";
    const { exitCode, said } = await runLoadProcess(...flags("--image", image));
    assert.equal(exitCode, 1, said);
    assert.match(
      said,
      /\nThe generator trickle-[\w-]+ cannot start with the image localhost\/k8s-test\/none:1: ErrImagePull \(.*\)\. Give one that the cluster's nodes can pull to --image\.$/s,
    );
    assert.ok(Date.now() - began < 40_000);
    await expectNoGenerator();
  });

  it("says that a generator was deleted", async () => {
    const load = await LoadProcess.start(flags("--rate", "20"));
    await load.until(/load for 120 s: /);
    await kubectl("delete", "pods", "-l", OURS_SELECTOR, "--force");
    const { exitCode, said } = await load.end;
    assert.equal(exitCode, 1, said);
    assert.match(
      said,
      /\nThe generator (?:load|trickle)-[\w-]+ was (?:deleted|ended) before its load was over/,
    );
    await expectNoGenerator();
  });

  it("counts the requests of the loop with which the project began not at all, and says so", async () => {
    const image = await putGeneratorImage(name, "wget", () => undefined);
    const wget = ["--generator", "wget", "--image", image, "--connections", "2"];
    const { said } = await runLoadProcess(...flags(...wget, "--seconds", "15", "--within", "15"));
    assert.match(said, /\n {2}2 loops of wget for 15 s to http:\/\/httpbin\/bytes\/2048\n/);
    assert.match(said, /not looked at: Requests were not counted: this generator does not tell/);
    assert.doesNotMatch(said, /failed requests/);
    await expectNoGenerator();
  });

  it("says that the cluster went away, and what becomes of the generators", async () => {
    // The loads before may have taken it to its maximum, where no load begins.
    await kubectl("patch", "hpa", "httpbin", "--patch", '{"spec":{"maxReplicas":10}}');
    const load = await LoadProcess.start(flags("--rate", "20"));
    await load.until(/load for 120 s: /);
    const status = await clusterStatus(name);
    const server = status?.processes.find((process) => process.name === "kube-apiserver");
    assert.ok(server !== undefined);
    // What is known of it is the program by which it is in the node's namespaces.
    process.kill(childOf(server.pid) ?? server.pid, "SIGKILL");
    const { exitCode, said } = await load.end;
    assert.equal(exitCode, 1, said);
    assert.match(said, /\nThe cluster at \S+ has not answered for 1[5-9] s: ECONNREFUSED\./);
    assert.match(
      said,
      /\nThe load test's generators could not be removed .* They end by themselves/,
    );
  });
});
