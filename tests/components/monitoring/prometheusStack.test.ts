import { strict as assert } from "node:assert";

import {
  PrometheusStack,
  type PrometheusStackArgs,
} from "../../../components/monitoring/prometheusStack";
import { prometheusStackValues } from "../../../components/monitoring/prometheusStackValues";
import { versions } from "../../../versions";
import { revealed } from "../../support/manifests";
import { at, isSecret, only, runProgram, type ProgramResult } from "../../support/program";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const SECRET = "kubernetes:core/v1:Secret";

function run(args: PrometheusStackArgs): Promise<ProgramResult> {
  return runProgram(() => {
    new PrometheusStack("p", args);
    return Promise.resolve({});
  });
}

describe("PrometheusStack", () => {
  const base = { namespace: "monitoring", retentionDays: 7 };

  it("installs the pinned chart, whole or not at all", async () => {
    const release = only(await run(base), RELEASE);
    assert.equal(at(release, "chart"), "kube-prometheus-stack");
    assert.equal(at(release, "version"), versions.kubePrometheusStack);
    assert.equal(at(release, "namespace"), "monitoring");
    assert.equal(at(release, "atomic"), true);
    assert.deepEqual(at(release, "values"), prometheusStackValues(base));
  });

  it("makes no secret without Grafana", async () => {
    const { resources } = await run(base);
    assert.deepEqual(
      resources.filter(({ type }) => type === SECRET),
      [],
    );
  });

  it("hands Grafana's password to the engine as a secret, and to nothing but its Secret", async () => {
    const result = await run({ ...base, grafana: { password: "hunter2" } });
    const secret = only(result, SECRET);
    assert.ok(isSecret(at(secret, "stringData")));
    assert.deepEqual(revealed(at(secret, "stringData")), {
      "admin-user": "admin",
      "admin-password": "hunter2",
    });
    assert.equal(at(secret, "metadata.name"), "grafana-admin");
    const release = only(result, RELEASE);
    assert.doesNotMatch(JSON.stringify(release.inputs), /hunter2/);
    assert.ok(release.dependencies.includes(secret.urn));
  });

  it("registers that it is complete", async () => {
    const result = await run(base);
    assert.deepEqual(only(result, "k8s-test:monitoring:PrometheusStack").outputs, {});
  });
});
