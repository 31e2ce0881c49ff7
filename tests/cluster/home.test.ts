import { strict as assert } from "node:assert";
import { join } from "node:path";

import { signalComponent } from "../../sandbox/cluster/faults";
import { until } from "../../sandbox/cluster/readiness";
import type { ApiClient } from "../../sandbox/providers/kubernetes/apiClient";
import { isTrue } from "../../sandbox/providers/kubernetes/await/conditions";
import {
  at,
  numberAt,
  objectsAt,
  textAt,
  type JsonObject,
} from "../../sandbox/providers/skeleton/json";
import { scanStack } from "../../sandbox/scan/scan";
import { askApp, outputsOf } from "../../sandbox/stack/app";
import { nowhere, sandboxPlace, type Place } from "../../sandbox/stack/place";
import { applyStack, prepareStack, upStack } from "../../sandbox/stack/upStack";
import { bringApiServerBack, takeApiServerAway } from "../support/apiServer";
import { clientOf } from "../support/client";
import { startPulumi, type Running } from "../support/engine";
import { ownStateFolder } from "../support/ownStateFolder";
import { everything, everythingAtFirst } from "../support/providerSuite";
import { skip } from "../support/reporter";
import { tierOfSuites } from "../support/tier";
import { asker, tryConnection } from "./askers";
import { eventually } from "./eventually";
import { renameImage } from "./nodeImage";

const NAME = "home-suite";
const STACK = "home";
/** Address of the API inside the cluster. */
const API = "10.43.0.1";
const DEPLOYMENT = "/apis/apps/v1/namespaces/httpbin/deployments/httpbin";

/** Another name of the image on a real node; where nodes are simulated any name will do. */
const OTHER_IMAGE = "localhost/httpbin:other";

interface Exported {
  deployment: { pending_operations?: unknown[] };
}

/** Objects without those that a Deployment and a Service make, under names of the moment. */
function lasting(objects: readonly string[]): string[] {
  return objects.filter(
    (object) => !/\/(?:pods|replicasets|endpointslices|ipaddresses) /.test(object),
  );
}

describe("The stack home, in the sandbox", () => {
  const state = ownStateFolder(NAME);
  const said: string[] = [];
  const say = (line: string): void => {
    said.push(line);
  };
  let place: Place;
  let client: ApiClient;
  let atFirst: string[] = [];
  let whenUp: string[] = [];
  let usualImage: string | undefined;

  const get = (path: string): Promise<JsonObject> => client.call({ path });
  const start = (...args: string[]): Promise<Running> => {
    const { env, folders } = place.engine;
    return startPulumi([...args, "--stack", STACK], { cwd: folders.project, env });
  };
  const pulumi = async (...args: string[]): Promise<string> => {
    const { exitCode, all } = await (await start(...args)).result;
    assert.equal(exitCode, 0, all);
    assert.doesNotMatch(all, /exited prematurely/);
    return all;
  };
  const kubectlWith = async (input: object, ...args: string[]): Promise<string> => {
    const { ok, all } = await place.engine.kubectl(args, JSON.stringify(input));
    assert.ok(ok, all);
    return all;
  };
  const kubectl = (...args: string[]): Promise<string> => kubectlWith({}, ...args);
  const deployedImage = async (): Promise<string | undefined> =>
    textAt(await get(DEPLOYMENT), "spec", "template", "spec", "containers", 0, "image");

  /** Starts an update that waits for the Deployment, since nobody makes pods meanwhile. */
  const startWaiting = async (image: string | undefined): Promise<Running> => {
    await signalComponent(NAME, "kube-controller-manager", "SIGSTOP");
    const running = await start("up", "--yes", "--skip-preview");
    const isApplied = async (): Promise<boolean> =>
      (await deployedImage().catch(() => undefined)) === image;
    await until("the Deployment is applied", isApplied, undefined, 60_000);
    return running;
  };
  const unchanged = (output: string): number =>
    Number(/(\d+) unchanged/.exec(output)?.[1] ?? Number.NaN);

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("40m");
    place = await sandboxPlace({
      name: NAME,
      tier: tierOfSuites(),
      edge: false,
      install: true,
      say,
    });
    client = clientOf(place.target.kubeconfigPath);
    atFirst = await everythingAtFirst(client);
  });

  it("comes up as it is, with every object ready, and says what is real and what is not", async () => {
    await upStack(place, { stack: STACK, say });
    const deployment = await get(DEPLOYMENT);
    assert.equal(at(deployment, "status", "availableReplicas"), 1);
    whenUp = lasting(await everything(client));
    assert.deepEqual(await outputsOf(place.engine, STACK), {
      url: "https://httpbin.home.test",
      namespace: "httpbin",
      serviceName: "httpbin",
      autoscalerName: "httpbin",
    });
    const text = said.join("\n");
    assert.match(text, /Real: the control plane/);
    assert.match(text, /Kubernetes provider: the (?:official|offline) one/);
    assert.match(text, /app\.host +httpbin\.home\.test/);
    assert.match(text, /The autoscaler reads.*: 1 pod, cpu \d+ %, memory \d/);
  });

  it("is right to the last field as the server has it, with nothing against it that is not accepted", async () => {
    const scanners = ["kubeconform", "kube-score"] as const;
    const out = join(state.path(), "scan");
    const options = { stack: STACK, out, scanners, install: false, say };
    const { manifests, unexplained } = await scanStack(place.engine, options);
    assert.deepEqual(unexplained, []);
    assert.equal(manifests.objects.size, 9);
  });

  it("answers from a real pod", async function () {
    if (!place.podsRun) skip(this, "a real node needs Linux and root");
    const answer = await askApp(place.engine, await outputsOf(place.engine, STACK), "/uuid");
    assert.match(answer, /"uuid": "[0-9a-f-]{36}"/);
  });

  it("lets in Traefik, its own namespace and the kubelet, and nobody else; lets nothing out", async function () {
    if (!place.podsRun) skip(this, "a real node needs Linux and root");
    const image = (await deployedImage()) ?? assert.fail();
    const traefik = { "app.kubernetes.io/name": "traefik" };
    const askers = [
      { namespace: "kube-system", name: "traefik", labels: traefik, comes: "connected" },
      { namespace: "kube-system", name: "other", labels: {}, comes: "refused" },
      { namespace: "default", name: "traefik", labels: traefik, comes: "refused" },
      { namespace: "httpbin", name: "neighbour", labels: {}, comes: "connected" },
    ];
    const items = askers.map((one) => asker(one.namespace, one.name, image, one.labels));
    await kubectlWith({ apiVersion: "v1", kind: "List", items }, "apply", "--filename=-");
    const connect = (namespace: string, pod: string, host: string, port: number) =>
      kubectl("--namespace", namespace, "exec", pod, "--", ...tryConnection(host, port));
    for (const { namespace, name } of askers) {
      await kubectl("--namespace", namespace, "wait", "--for=condition=Ready", `pod/${name}`);
    }

    const service = await get("/api/v1/namespaces/httpbin/services/httpbin");
    const address = textAt(service, "spec", "clusterIP") ?? "";
    const ask = async (one: (typeof askers)[number]) => ({
      ...one,
      comes: await connect(one.namespace, one.name, address, 80),
    });
    await eventually(askers, () => Promise.all(askers.map(ask)));
    assert.equal(await connect("httpbin", "deployment/httpbin", API, 443), "refused");
    assert.equal(await connect("default", "traefik", API, 443), "connected");
    // Were its probes refused, the pod would long be unready.
    assert.equal(at(await get(DEPLOYMENT), "status", "readyReplicas"), 1);
    for (const { namespace, name } of askers) {
      await kubectl("--namespace", namespace, "delete", `pod/${name}`);
    }
  });

  it("finds nothing to do the second time", async () => {
    assert.equal(unchanged(await pulumi("up", "--yes", "--expect-no-changes")), 13);
  });

  it("leaves the number of pods to the autoscaler and to whoever scales by hand", async () => {
    await kubectl("--namespace=httpbin", "scale", "deployment/httpbin", "--replicas=2");
    await kubectl("--namespace=httpbin", "rollout", "status", "deployment/httpbin");
    await pulumi("refresh", "--yes");
    assert.equal(unchanged(await pulumi("up", "--yes", "--expect-no-changes")), 13);
    // The autoscaler may have taken the second away by now, and then says so: nobody else may have.
    const replicas = numberAt(await get(DEPLOYMENT), "spec", "replicas");
    const path = "/api/v1/namespaces/httpbin/events?fieldSelector=reason%3DSuccessfulRescale";
    const byAutoscaler = objectsAt(await get(path), "items").length > 0;
    assert.ok(replicas === 2 || byAutoscaler, `${String(replicas)} pods`);
  });

  it("puts right what was changed from outside", async () => {
    const image = await deployedImage();
    await kubectl(
      "--namespace=httpbin",
      "label",
      "service/httpbin",
      "app.kubernetes.io/name=x",
      "--overwrite",
    );
    assert.match(await pulumi("preview", "--refresh", "--diff"), /app\.kubernetes\.io\/name/);
    await pulumi("up", "--yes", "--refresh");
    const service = await get("/api/v1/namespaces/httpbin/services/httpbin");
    assert.equal(textAt(service, "metadata", "labels", "app.kubernetes.io/name"), "httpbin");
    assert.equal(await deployedImage(), image);
  });

  it("lets no pod in that Pod Security restricted forbids", async () => {
    const run = ["--namespace=httpbin", "run", "unsafe", "--image=unsafe:1", "--privileged"];
    const { ok, all } = await place.engine.kubectl(run);
    assert.equal(ok, false);
    assert.match(all, /violates PodSecurity "restricted:latest"/);
  });

  it("rolls a changed image out, and touches nothing else", async () => {
    usualImage = await deployedImage();
    if (place.podsRun) await renameImage(NAME, String(usualImage), OTHER_IMAGE);
    const other = { ...place, target: { ...place.target, image: OTHER_IMAGE } };
    await prepareStack(other, { stack: STACK, say });
    const output = await pulumi("up", "--yes", "--skip-preview");
    assert.equal(unchanged(output), 12, output);
    assert.match(output, /~ 1 updated/);
    const pods = objectsAt(await get("/api/v1/namespaces/httpbin/pods"), "items").filter(
      (pod) => textAt(pod, "metadata", "deletionTimestamp") === undefined,
    );
    assert.deepEqual(
      pods.map((pod) => [textAt(pod, "spec", "containers", 0, "image"), isTrue(pod, "Ready")]),
      pods.map(() => [OTHER_IMAGE, true]),
    );
    assert.ok(pods.length > 0);
  });

  it("says plainly that the API server went away, and goes on when it is back", async () => {
    await prepareStack(place, { stack: STACK, say });
    const running = await startWaiting(usualImage);
    await takeApiServerAway(NAME);
    const { exitCode, all } = await running.result;
    await bringApiServerBack(NAME);
    assert.notEqual(exitCode, 0);
    assert.match(all, /does not answer|connection refused/);
    assert.doesNotMatch(all, /\bat .*\.[cm]?js:\d+/, "no stack trace");
    await applyStack(place, { stack: STACK, say });
    const deployment = await get(DEPLOYMENT);
    assert.equal(at(deployment, "status", "updatedReplicas"), at(deployment, "spec", "replicas"));
    assert.equal(await deployedImage(), usualImage);
  });

  it("goes without a trace", async () => {
    await pulumi("destroy", "--yes");
    assert.deepEqual(await everything(client), atFirst);
  });

  it("is put right by the next run after kill -9 of the engine in mid-update", async () => {
    const running = await startWaiting(usualImage);
    running.kill("SIGKILL");
    await running.result;
    await signalComponent(NAME, "kube-controller-manager", "SIGCONT");
    said.length = 0;
    await applyStack(place, { stack: STACK, say });
    assert.match(said.join("\n"), /was killed; its lock on the stack is removed/);
    assert.match(said.join("\n"), /cut off while it created .*apps\/v1:Deployment httpbin/);
    assert.equal(unchanged(await pulumi("up", "--yes", "--expect-no-changes")), 13);
    assert.deepEqual(await everything(client).then(lasting), whenUp, "nothing is there twice");
    const state = JSON.parse(await place.engine.read(["stack", "export"])) as Exported;
    assert.deepEqual(state.deployment.pending_operations ?? [], []);
    await pulumi("destroy", "--yes");
    assert.deepEqual(await everything(client), atFirst);
  });

  it("is planned without any cluster", async () => {
    const place = await nowhere(say);
    await prepareStack(place, { stack: STACK, say });
    const plan = await place.engine.read(["preview", "--stack", STACK, "--non-interactive"]);
    assert.match(plan, /\+ 13 to create/);
    assert.doesNotMatch(plan, /Undefined value/);
  });
});
