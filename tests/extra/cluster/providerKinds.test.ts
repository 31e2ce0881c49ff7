import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert";

import { textAt } from "../../../sandbox/providers/skeleton/json";
import { count } from "../../support/engine";
import { providerSuite } from "../../support/providerSuite";

/** A definition of a kind in a group, in JavaScript for the engine. */
function definition(kind: string, group: string): string {
  const plural = `${kind.toLowerCase()}s`;
  return `
    new k8s.apiextensions.v1.CustomResourceDefinition("${plural}", {
      metadata: { name: "${plural}.${group}" },
      spec: {
        group: "${group}", scope: "Namespaced", names: { kind: "${kind}", plural: "${plural}" },
        versions: [{ name: "v1", served: true, storage: true, subresources: { status: {} },
          schema: { openAPIV3Schema: { type: "object",
            "x-kubernetes-preserve-unknown-fields": true } } }],
      },
    }, opts);
    new k8s.apiextensions.CustomResource("my-${plural}", {
      apiVersion: "${group}/v1", kind: "${kind}", metadata: { name: "mine" }, spec: { size: 1 },
    }, opts);`;
}

describe("The offline Kubernetes provider, with kinds and objects of others", () => {
  const suite = providerSuite();
  const both = definition("Cake", "bakery.example.com") + definition("Beer", "brewery.example.com");
  const CAKE = "/apis/bakery.example.com/v1/namespaces/default/cakes/mine";

  it("makes objects of kinds that come in the same update, of two groups", async () => {
    const { engine } = suite;
    await engine.select("kinds");
    await engine.program(both);
    strictEqual(count(await engine.ok(["preview"]), "to create"), 6);
    const { exitCode, output } = await engine.up();
    strictEqual(exitCode, 0, output);
    const cake = await suite.get(CAKE);
    strictEqual(textAt(cake, "kind"), "Cake");
    strictEqual(count((await engine.up("--refresh")).output, "unchanged"), 6);
  });

  it("waits for what an annotation names, and says what is there in place of it", async () => {
    const { engine, client } = suite;
    const waiting = both.replaceAll(
      'metadata: { name: "mine" }',
      `metadata: { name: "mine", annotations: {
        "pulumi.com/waitFor": "condition=Ready", "pulumi.com/timeoutSeconds": "3" } }`,
    );
    await engine.program(waiting);
    const reason = { type: "Ready", status: "False", reason: "Cold", message: "the oven is off" };
    await client.call({
      method: "PATCH",
      path: `${CAKE}/status`,
      contentType: "application/merge-patch+json",
      body: { status: { conditions: [reason] } },
    });
    const { exitCode, output } = await engine.up();
    notStrictEqual(exitCode, 0);
    match(output, /Cake default\/mine was applied, but does not work: it was not ready in 3 s/);
    match(output, /Cold: the oven is off/);
    await engine.program(both);
    strictEqual((await engine.up()).exitCode, 0);
    await engine.ok(["destroy", "--yes"]);
    strictEqual(await suite.get("/apis/bakery.example.com/v1"), undefined);
  });

  it("imports what is there, by the program and by the command", async () => {
    const { engine, client } = suite;
    const path = "/api/v1/namespaces/default/configmaps";
    const body = (name: string): Parameters<typeof client.call>[0]["body"] => ({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name, labels: { from: "kubectl" } },
      data: { text: "hello" },
    });
    for (const name of ["first", "second"]) {
      await client.call({ method: "POST", path, body: body(name) ?? {} });
    }
    await engine.select("import");
    const declared = (name: string, importing: string): string => `
      new k8s.core.v1.ConfigMap("${name}", {
        metadata: { name: "${name}" }, data: { text: "hello" },
      }, { ...opts, ${importing} });`;
    await engine.program(declared("first", 'import: "default/first"'));
    const { exitCode, output } = await engine.up();
    strictEqual(exitCode, 0, output);
    strictEqual(count(output, "imported"), 1);
    strictEqual(count((await engine.up()).output, "unchanged"), 3);

    const token = "kubernetes:core/v1:ConfigMap";
    const { urn } = await engine.resource("kubernetes::cluster");
    await engine.ok([
      ...["import", token, "second", "default/second", "--yes", "--protect=false"],
      ...["--generate-code=false", "--provider", `cluster=${urn}`],
    ]);
    deepStrictEqual((await engine.resource("ConfigMap::second")).inputs?.["metadata"], {
      name: "second",
      namespace: "default",
      labels: { from: "kubectl" },
    });
    await engine.program(declared("first", "") + declared("second", ""));
    // The label is nobody's business but of who set it.
    const next = await engine.up();
    strictEqual(count(next.output, "unchanged"), 4, next.output);
    const second = await suite.get(`${path}/second`);
    strictEqual(textAt(second, "metadata", "labels", "from"), "kubectl");
    await engine.ok(["destroy", "--yes"]);
    ok((await suite.get(`${path}/second`)) === undefined);
  });
});
