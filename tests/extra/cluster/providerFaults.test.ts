import { deepStrictEqual, doesNotMatch, match, notStrictEqual, ok, strictEqual } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

import { at, textAt } from "../../../sandbox/providers/skeleton/json";
import { bringApiServerBack, takeApiServerAway } from "../../support/apiServer";
import { count, type Running } from "../../support/engine";
import { PROVIDER_CLUSTER, providerSuite, shop } from "../../support/providerSuite";

describe("The offline Kubernetes provider, when something is wrong", () => {
  const suite = providerSuite();
  const DEPLOYMENT = "/apis/apps/v1/namespaces/shop/deployments/shop";

  /** An app whose pods never get ready. */
  const broken = shop({ system: "none" });
  const mended = shop();

  /** Starts an update that is waiting for pods that never get ready. */
  const startWaiting = async (stack: string): Promise<Running> => {
    await suite.engine.select(stack);
    await suite.engine.program(broken);
    const running = await suite.engine.start(["up", "--yes", "--skip-preview"]);
    const until = Date.now() + 60_000;
    while ((await suite.get(DEPLOYMENT)) === undefined) {
      if (Date.now() > until) throw new Error("The update makes no Deployment.");
      await sleep(200);
    }
    return running;
  };

  const isConverged = async (): Promise<void> => {
    const { engine } = suite;
    await engine.program(mended);
    const { exitCode, output } = await engine.up();
    strictEqual(exitCode, 0, output);
    strictEqual(at(await suite.get(DEPLOYMENT), "status", "availableReplicas"), 1);
  };

  afterEach(async function () {
    this.timeout(120_000);
    const { engine } = suite as Partial<typeof suite>;
    if (engine === undefined) return;
    await engine.ok(["destroy", "--yes", "--skip-preview"]);
    strictEqual(await suite.get("/api/v1/namespaces/shop"), undefined);
  });

  it("says why an app does not get ready, keeps it in the state, and goes on next time", async () => {
    const { engine } = suite;
    await engine.select("await");
    await engine.program(`
      pulumi.runtime.registerStackTransformation(({ props, opts }) =>
        ({ props, opts: { ...opts, customTimeouts: { create: "4s" } } }));
      ${broken}`);
    const { exitCode, output } = await engine.up();
    notStrictEqual(exitCode, 0);
    match(output, /waiting for available pods: 0 of 1/);
    match(output, /Deployment shop\/shop was applied, but does not work: it was not ready in 4 s/);
    match(output, /has no node: Unschedulable: 0\/1 nodes are available/);
    const { id, initErrors } = await engine.resource("Deployment::shop");
    strictEqual(id, "shop/shop");
    ok((initErrors ?? []).length > 0);
    const uid = textAt(await suite.get(DEPLOYMENT), "metadata", "uid");
    await isConverged();
    strictEqual(textAt(await suite.get(DEPLOYMENT), "metadata", "uid"), uid);
  });

  it("ends at Ctrl-C, keeps what it made, and goes on next time", async () => {
    const running = await startWaiting("interrupt");
    const start = Date.now();
    running.kill("SIGINT");
    const { exitCode, all } = await running.result;
    notStrictEqual(exitCode, 0);
    ok(Date.now() - start < 15_000, "at once");
    match(all, /the wait was cancelled/);
    strictEqual((await suite.engine.resource("Deployment::shop")).id, "shop/shop");
    await isConverged();
  });

  it("says plainly that the API server went away, and converges when it is back", async () => {
    const running = await startWaiting("away");
    await takeApiServerAway(PROVIDER_CLUSTER);
    const { exitCode, all } = await running.result;
    await bringApiServerBack(PROVIDER_CLUSTER);
    notStrictEqual(exitCode, 0);
    match(all, /The API server at https:\/\/127\.0\.0\.1:\d+ does not answer \(.*ECONNREFUSED.*\)/);
    ok(!/\bat .*\.cjs:\d+/.test(all), `no stack trace:\n${all}`);
    await isConverged();
  });

  it("makes nothing while there is no API server, and says so in a preview", async () => {
    const { engine } = suite;
    await engine.select("without");
    await engine.program(mended);
    await takeApiServerAway(PROVIDER_CLUSTER);
    const preview = await engine.run(["preview"]);
    const { exitCode, output } = await engine.up();
    await bringApiServerBack(PROVIDER_CLUSTER);
    strictEqual(preview.exitCode, 0, preview.output);
    strictEqual(count(preview.output, "to create"), 7);
    match(preview.output, /does not answer[\s\S]*no cluster has checked it/);
    notStrictEqual(exitCode, 0);
    match(output, /does not answer .*See that the cluster runs/);
    deepStrictEqual(
      (await engine.resources()).filter(({ id }) => id?.includes("shop")),
      [],
    );
    await isConverged();
  });

  it("survives the death of the engine: the plugin ends, and the next update converges", async () => {
    const { engine } = suite;
    const running = await startWaiting("killed");
    ok((await engine.plugins()).length > 0);
    running.kill("SIGKILL");
    await running.result;
    await sleep(3_000);
    deepStrictEqual(await engine.plugins(), []);
    await engine.endOrphans();
    const locked = await engine.run(["up", "--yes", "--skip-preview"]);
    match(locked.output, /locked/);
    await engine.ok(["cancel", "--yes"]);
    const uid = textAt(await suite.get(DEPLOYMENT), "metadata", "uid");
    await isConverged();
    strictEqual(textAt(await suite.get(DEPLOYMENT), "metadata", "uid"), uid, "it is taken over");
    strictEqual(count((await engine.up()).output, "unchanged"), 7);
  });

  it("ends without a complaint of the engine, however many instances of it a run has", async () => {
    const { engine } = suite;
    await engine.select("many");
    await engine.program(`
      const kubeconfig = require("node:fs").readFileSync(process.env.TEST_KUBECONFIG, "utf8");
      for (const name of ["one", "two", "three", "four", "five", "six"]) {
        const provider = new k8s.Provider(name, { kubeconfig, clusterIdentifier: "test" });
        const metadata = { name, namespace: "default" };
        new k8s.core.v1.ConfigMap(name, { metadata }, { provider });
      }`);
    // A refresh starts a second instance of each provider.
    for (const command of ["up --yes --skip-preview", "up --yes --refresh", "preview --refresh"]) {
      const { exitCode, output } = await engine.run(command.split(" "));
      strictEqual(exitCode, 0, output);
      doesNotMatch(output, /exited prematurely/, command);
    }
  });

  it("does not take over what somebody else made, unless it is told to", async () => {
    const { engine, client } = suite;
    const body = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    await client.call({ method: "POST", path: "/api/v1/namespaces", body });
    await engine.select("foreign");
    await engine.program(mended);
    const { exitCode, output } = await engine.up();
    notStrictEqual(exitCode, 0);
    match(
      output,
      /Namespace shop exists already[\s\S]*pulumi import kubernetes:core\/v1:Namespace shop shop/,
    );
    await engine.program(
      `process.env.PULUMI_K8S_UPSERT_EXISTING_OBJECTS = "true";
      const taking = { provider: new k8s.Provider("taking", { upsertExistingObjects: true,
        kubeconfig: process.env.TEST_KUBECONFIG, clusterIdentifier: "test" }) };
      ${mended.replaceAll("opts", "taking")}`,
    );
    strictEqual((await engine.up()).exitCode, 0);
  });

  it("drops or skips what cannot be reached, where it is told to", async () => {
    const { engine } = suite;
    const program = (flag: string, text: string): string => `
      const loose = { provider: new k8s.Provider("loose", { ${flag}: true,
        kubeconfig: process.env.TEST_KUBECONFIG, clusterIdentifier: "test" }) };
      new k8s.core.v1.Namespace("shop", {
        metadata: { name: "shop", labels: { text: "${text}" } } }, loose);`;
    await engine.select("loose");
    await engine.program(program("skipUpdateUnreachable", "one"));
    strictEqual((await engine.up()).exitCode, 0);
    await engine.program(program("skipUpdateUnreachable", "two"));
    await takeApiServerAway(PROVIDER_CLUSTER);
    const skipped = await engine.up();
    await bringApiServerBack(PROVIDER_CLUSTER);
    strictEqual((await engine.up()).exitCode, 0);
    strictEqual(
      textAt(await suite.get("/api/v1/namespaces/shop"), "metadata", "labels", "text"),
      "two",
      "what was skipped is caught up on",
    );
    await takeApiServerAway(PROVIDER_CLUSTER);
    await engine.program(program("deleteUnreachable", "two"));
    await engine.up("--target", "**loose");
    const dropped = await engine.run(["destroy", "--yes", "--skip-preview"]);
    await bringApiServerBack(PROVIDER_CLUSTER);
    strictEqual(skipped.exitCode, 0, skipped.output);
    match(skipped.output, /skipUpdateUnreachable leaves this as it is/);
    strictEqual(dropped.exitCode, 0, dropped.output);
    match(dropped.output, /deleteUnreachable drops shop from the state/);
    ok((await suite.get("/api/v1/namespaces/shop")) !== undefined);
    await suite.client.call({ method: "DELETE", path: "/api/v1/namespaces/shop" });
    while ((await suite.get("/api/v1/namespaces/shop")) !== undefined) await sleep(500);
  });

  it("refuses what it does not do, and says what to do instead", async () => {
    const { engine } = suite;
    await engine.select("refused");
    const refusal = async (program: string): Promise<string> => {
      await engine.program(program);
      const { exitCode, output } = await engine.run(["preview"]);
      notStrictEqual(exitCode, 0);
      return output;
    };
    match(
      await refusal(
        `new k8s.core.v1.ConfigMapPatch("patch", { metadata: { name: "any" } }, opts);`,
      ),
      /does not make kubernetes:core\/v1:ConfigMapPatch\. Declare the whole object/,
    );
    match(
      await refusal(`new pulumi.CustomResource("kubernetes:core/v1:Secert", "typo", {}, opts);`),
      /The cluster has no kind Secert in v1/,
    );
  });
});
