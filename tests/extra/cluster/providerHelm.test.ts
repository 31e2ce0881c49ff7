import { deepStrictEqual, match, notStrictEqual, ok, strictEqual } from "node:assert";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { textAt } from "../../../sandbox/providers/skeleton/json";
import { count } from "../../support/engine";
import { providerSuite } from "../../support/providerSuite";

describe("A helm release of the offline Kubernetes provider", () => {
  const suite = providerSuite();
  const CONFIG_MAP = "/api/v1/namespaces/charts/configmaps/greeting";

  const release = (args: string): string => `
    new k8s.helm.v3.Release("greeting", {
      name: "greeting", namespace: "charts", createNamespace: true, ${args}
    }, opts);`;

  describe("whose chart repository cannot be reached", () => {
    // A name that no resolver knows (RFC 2606).
    const remote = release(
      'chart: "any", version: "1.2.3", repositoryOpts: { repo: "https://charts.invalid" }',
    );

    it("is written down only, which is said in the output and in the state", async () => {
      const { engine } = suite;
      await engine.select("remote");
      await engine.program(remote);
      match(await engine.ok(["preview"]), /Release "greeting" is NOT installed/);
      const { exitCode, output } = await engine.up();
      strictEqual(exitCode, 0, output);
      match(output, /warning: The chart repository https:\/\/charts.invalid cannot be reached/);
      const { id, outputs } = await engine.resource("Release::greeting");
      strictEqual(id, "charts/greeting");
      strictEqual(outputs?.["simulated"], true);
      deepStrictEqual(outputs["status"], {
        name: "greeting",
        namespace: "charts",
        chart: "any",
        version: "1.2.3",
        appVersion: "",
        revision: 0,
        status: "simulated: NOT installed",
      });
      strictEqual(await suite.get("/api/v1/namespaces/charts"), undefined);
    });

    it("stays so, and goes without a trace", async () => {
      const { engine } = suite;
      const { output } = await engine.up("--refresh");
      strictEqual(count(output, "unchanged"), 3, output);
      match(output, /Release charts\/greeting is NOT installed/);
      match(await engine.ok(["preview"]), /Release charts\/greeting is NOT installed/);
      await engine.ok(["destroy", "--yes"]);
    });
  });

  describe("of a chart in a folder", () => {
    let chart = "";

    before(async () => {
      chart = join(suite.engine.folder, "chart");
      await mkdir(join(chart, "templates"), { recursive: true });
      await writeFile(join(chart, "Chart.yaml"), "apiVersion: v2\nname: hello\nversion: 0.1.0\n");
      await writeFile(
        join(chart, "templates", "greeting.yaml"),
        "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: greeting }\n" +
          "data: { text: {{ .Values.text | quote }} }\n",
      );
      await suite.engine.select("local");
    });

    it("is installed, values and all, and is left alone the second time", async () => {
      const { engine } = suite;
      await engine.program(
        release('chart: "./chart", values: { text: pulumi.secret("open sesame") }'),
      );
      const { exitCode, output } = await engine.up();
      strictEqual(exitCode, 0, output);
      strictEqual(textAt(await suite.get(CONFIG_MAP), "data", "text"), "open sesame");
      const { outputs } = await engine.resource("Release::greeting");
      strictEqual(outputs?.["simulated"], undefined);
      deepStrictEqual(outputs?.["resourceNames"], { "ConfigMap/v1": ["charts/greeting"] });
      strictEqual((outputs["status"] as { status: string }).status, "deployed");
      ok(!(await engine.ok(["stack", "export"])).includes("open sesame"));
      strictEqual(count((await engine.up("--refresh")).output, "unchanged"), 3);
    });

    it("is changed in place", async () => {
      const { engine } = suite;
      await engine.program(release('chart: "./chart", values: { text: "good day" }'));
      strictEqual(count((await engine.up()).output, "updated"), 1);
      strictEqual(textAt(await suite.get(CONFIG_MAP), "data", "text"), "good day");
    });

    it("says what helm says when it fails", async () => {
      const { engine } = suite;
      await engine.program(release('chart: "./chart", values: { text: "x" }, lint: true'));
      match(
        (await engine.run(["preview"])).output,
        /does not do this for helm.v3.Release; leave lint/,
      );
      await engine.program(release('chart: "./nowhere"'));
      const { exitCode, output } = await engine.up();
      notStrictEqual(exitCode, 0);
      match(output, /path "\.\/nowhere" not found/);
    });

    it("is uninstalled", async () => {
      await suite.engine.ok(["destroy", "--yes"]);
      strictEqual(await suite.get(CONFIG_MAP), undefined);
    });
  });
});
