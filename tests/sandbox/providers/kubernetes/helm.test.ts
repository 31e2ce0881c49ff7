import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { join } from "node:path";

import {
  chartSource,
  installable,
} from "../../../../sandbox/providers/kubernetes/helm/chartSource";
import { resourceNames } from "../../../../sandbox/providers/kubernetes/helm/helm";
import {
  unsupportedInputs,
  upgradeArguments,
} from "../../../../sandbox/providers/kubernetes/helm/releaseInputs";
import { isStandIn, standIn } from "../../../../sandbox/providers/kubernetes/helm/standIn";

describe("A helm release", () => {
  const inputs = {
    name: "cert-manager",
    namespace: "certs",
    chart: "cert-manager",
    version: "v1.21.2",
    repositoryOpts: { repo: "https://charts.jetstack.io" },
    values: { password: "hidden" },
    atomic: true,
    skipCrds: false,
    timeout: 60,
    compat: "true",
  };

  it("becomes arguments of helm, with no value among them", () => {
    const given = upgradeArguments(inputs, "/tmp/values");
    deepStrictEqual(given, [
      ...["upgrade", "cert-manager", "cert-manager", "--install"],
      ...["--namespace", "certs", "--values", "/tmp/values"],
      ...["--repo", "https://charts.jetstack.io", "--version", "v1.21.2"],
      ...["--timeout", "60s", "--wait", "--atomic"],
    ]);
    ok(!given.join(" ").includes("hidden"));
    ok(!upgradeArguments({ ...inputs, skipAwait: true }, "").includes("--wait"));
  });

  it("is refused with inputs that have no effect here, each by its name", () => {
    deepStrictEqual(unsupportedInputs(inputs), []);
    const login = { repo: "https://charts.example.com", username: "me" };
    const problems = unsupportedInputs({ ...inputs, verify: true, repositoryOpts: login });
    deepStrictEqual(
      problems.map(({ property }) => property),
      ["verify", "repositoryOpts.username"],
    );
    match(problems[0]?.reason ?? "", /leave verify out/);
  });

  it("has its chart from a folder, a repository, or what only helm knows", () => {
    strictEqual(chartSource({ chart: "./charts/app" }).is, "local");
    strictEqual(chartSource({ chart: "package.json" }).is, "local");
    deepStrictEqual(chartSource(inputs), { is: "repository", url: "https://charts.jetstack.io" });
    strictEqual(chartSource({ chart: "oci://registry.example.com/app" }).is, "repository");
    strictEqual(chartSource({ chart: "stable/app" }).is, "named");
  });

  it("has its chart from a folder of stand-ins where one of its name is there", () => {
    const charts = join(__dirname, "../../../../sandbox/stack/charts");
    const alb = {
      chart: "aws-load-balancer-controller",
      version: "1.0.0",
      repositoryOpts: { repo: "https://charts.example.com" },
      namespace: "kube-system",
    };
    const path = join(charts, "aws-load-balancer-controller");
    const source = chartSource(alb, charts);
    deepStrictEqual(source, { is: "standIn", path });
    deepStrictEqual(installable(alb, source), { chart: path, namespace: "kube-system" });
    strictEqual(chartSource(alb).is, "repository");
    strictEqual(chartSource(inputs, charts).is, "repository");
    strictEqual(chartSource({ ...alb, chart: "../charts" }, charts).is, "repository");
  });

  it("is marked where it is only written down", () => {
    const state = standIn(inputs);
    strictEqual(isStandIn(state), true);
    strictEqual(isStandIn(inputs), false);
    strictEqual((state["status"] as { status: string }).status, "simulated: NOT installed");
  });

  it("tells the objects of its manifest by kind", () => {
    const manifest = [
      "---\n# Source: a\napiVersion: v1\nkind: Service\nmetadata: { name: a }\n",
      "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: b, namespace: other }\n",
      "---\n# nothing\n",
    ].join("");
    deepStrictEqual(resourceNames(manifest, "certs"), {
      "Service/v1": ["certs/a"],
      "Deployment.apps/apps/v1": ["other/b"],
    });
  });
});
