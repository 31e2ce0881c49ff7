import { deepStrictEqual, match, ok, strictEqual } from "node:assert";

import { at, objectsAt, textAt } from "../../../sandbox/providers/skeleton/json";
import { count } from "../../support/engine";
import { everything, everythingAtFirst, providerSuite, shop } from "../../support/providerSuite";
import { Kubectl } from "../../cluster/kubectl";

describe("The offline Kubernetes provider, with the real engine and a real API server", () => {
  const suite = providerSuite();
  const DEPLOYMENT = "/apis/apps/v1/namespaces/shop/deployments/shop";
  let before: string[] = [];

  const kubectl = (...args: string[]): Promise<string> => new Kubectl(suite.cluster).do(...args);

  it("previews what does not exist yet, its namespace included", async () => {
    const { engine, client } = suite;
    before = await everythingAtFirst(client);
    await engine.select("life");
    await engine.program(shop());
    const preview = await engine.ok(["preview"]);
    strictEqual(count(preview, "to create"), 7);
    ok(!preview.includes("Undefined value"), preview);
    deepStrictEqual(await everything(client), before, "a preview changes nothing");
  });

  it("says in the preview what the server would refuse", async () => {
    const { engine } = suite;
    await engine.program(shop({ label: "not a label!" }));
    const { exitCode, output } = await engine.run(["preview"]);
    ok(exitCode !== 0);
    match(output, /Invalid value: "not a label!"/);
  });

  it("makes everything, waits for it, and gives the server's values as outputs", async () => {
    const { engine } = suite;
    await engine.program(shop());
    strictEqual(count((await engine.up()).output, "created"), 7);
    const deployment = await suite.get(DEPLOYMENT);
    strictEqual(at(deployment, "status", "availableReplicas"), 1);
    const [owner] = objectsAt(deployment, "metadata", "managedFields");
    match(textAt(owner, "manager") ?? "", /^pulumi-kubernetes-[0-9a-f]{8}$/);
    match(await engine.ok(["stack", "output", "clusterIP"]), /^10\.43\./);
  });

  it("finds nothing to do the second time", async () => {
    strictEqual(count(await suite.engine.ok(["up", "--yes"]), "unchanged"), 7);
  });

  it("makes up a name, and keeps it", async () => {
    const { inputs } = await suite.engine.resource("ConfigMap::greeting");
    const metadata = inputs?.["metadata"] as { name: string; annotations: object };
    match(metadata.name, /^greeting-[0-9a-f]{8}$/);
    deepStrictEqual(metadata.annotations, { "pulumi.com/autonamed": "true" });
  });

  it("keeps secrets as ciphertext in the state", async () => {
    const { engine } = suite;
    const state = await engine.ok(["stack", "export"]);
    ok(!state.includes("open sesame"));
    ok(!state.includes(Buffer.from("open sesame").toString("base64")));
    const { inputs, outputs } = await engine.resource("Secret::password");
    for (const value of [inputs?.["stringData"], outputs?.["data"], outputs?.["__inputs"]]) {
      match(JSON.stringify(value), /ciphertext/);
    }
  });

  it("leaves the number of pods to whoever scales", async () => {
    const { engine } = suite;
    await kubectl("scale", "--namespace=shop", "deployment/shop", "--replicas=3");
    // A refresh that finds it unready has the next run wait for it, which is no longer "unchanged".
    await kubectl("rollout", "status", "--namespace=shop", "deployment/shop", "--timeout=60s");
    const { output } = await engine.up("--refresh", "--diff");
    strictEqual(count(output, "unchanged"), 7, output);
    strictEqual(at(await suite.get(DEPLOYMENT), "spec", "replicas"), 3);
    await kubectl("scale", "--namespace=shop", "deployment/shop", "--replicas=1");
  });

  it("shows what was changed outside, and puts it right", async () => {
    const { engine } = suite;
    await kubectl("set", "image", "--namespace=shop", "deployment/shop", "shop=shop:evil");
    const seen = await engine.ok(["refresh", "--yes", "--diff"]);
    match(seen, /"shop:1" => "shop:evil"/);
    const { inputs } = await engine.resource("Deployment::shop");
    const spelling = JSON.stringify(inputs);
    ok(spelling.includes('"shop:evil"') && spelling.includes('"cpu":"0.05"'), spelling);
    const { output } = await engine.up("--diff");
    match(output, /"shop:evil" => "shop:1"/);
    ok(!/[~+-] (?:cpu|memory)/.test(output), `only the image differs:\n${output}`);
    const containers = objectsAt(
      await suite.get(DEPLOYMENT),
      "spec",
      "template",
      "spec",
      "containers",
    );
    strictEqual(containers[0]?.["image"], "shop:1");
  });

  it("rolls a new image out, and touches nothing else", async () => {
    const { engine } = suite;
    await engine.program(shop({ image: "shop:2" }));
    const { output } = await engine.up();
    strictEqual(count(output, "updated"), 1, output);
    strictEqual(count(output, "unchanged"), 6);
    strictEqual(at(await suite.get(DEPLOYMENT), "status", "updatedReplicas"), 1);
  });

  it("replaces what cannot be changed: a selector after deletion, made-up names before it", async () => {
    const { engine } = suite;
    const uid = textAt(await suite.get(DEPLOYMENT), "metadata", "uid");
    const { id } = await engine.resource("ConfigMap::greeting");
    await engine.program(shop({ image: "shop:2", label: "store", greeting: "good day" }));
    const preview = await engine.ok(["preview"]);
    strictEqual(count(preview, "to replace"), 2, preview);
    const { output } = await engine.up();
    strictEqual(count(output, "replaced"), 2, output);
    ok(uid !== textAt(await suite.get(DEPLOYMENT), "metadata", "uid"));
    const greeting = await engine.resource("ConfigMap::greeting");
    ok(greeting.id !== id);
    strictEqual(
      await suite.get(`/api/v1/namespaces/shop/configmaps/${id?.split("/")[1] ?? ""}`),
      undefined,
    );
  });

  it("leaves nothing behind", async () => {
    await suite.engine.ok(["destroy", "--yes"]);
    const after = await everything(suite.client);
    deepStrictEqual(after, before);
  });
});
