import { strict as assert } from "node:assert";

import * as kubernetes from "@pulumi/kubernetes";

import { homeMonitoring } from "../../../components/home/homeMonitoring";
import type { MonitoringArgs } from "../../../components/monitoring/monitoring";
import { at, only, runProgram, type ProgramResult } from "../../support/program";
import { WATCHED } from "../../support/watchedApp";

const traefik = { ingressClass: "traefik", namespace: "kube-system", clusterIssuer: "letsencrypt" };

function run(monitoring: MonitoringArgs | undefined): Promise<ProgramResult> {
  return runProgram(() => {
    const provider = new kubernetes.Provider("cluster", { kubeconfig: "{}" });
    const ready = homeMonitoring("m", { monitoring, traefik }, { providers: [provider] });
    return Promise.resolve({ ready: ready.length });
  });
}

function withGrafana(host?: string): MonitoringArgs {
  const grafana = { password: "hunter2", ...(host !== undefined && { host }) };
  const install = { retentionDays: 7, grafana };
  return { prometheus: { namespace: "monitoring", scraped: {}, watched: WATCHED, install } };
}

describe("homeMonitoring", () => {
  it("makes nothing unless asked to", async () => {
    const { outputs, resources } = await run(undefined);
    assert.equal(outputs["ready"], 0);
    assert.deepEqual(
      resources.filter(({ type }) => type.startsWith("k8s-test:")),
      [],
    );
  });

  it("makes KEDA, which an app then waits for", async () => {
    const result = await run({ kedaNamespace: "keda" });
    assert.equal(at(only(result, "kubernetes:helm.sh/v3:Release"), "chart"), "keda");
    assert.equal(result.outputs["ready"], 1);
  });

  it("has Grafana served as an app is: by https, with a certificate of the same issuer", async () => {
    const result = await run(withGrafana("grafana.example.com"));
    const release = only(result, "kubernetes:helm.sh/v3:Release");
    const middleware = only(result, "kubernetes:traefik.io/v1alpha1:Middleware");
    assert.equal(at(middleware, "metadata.namespace"), "monitoring");
    assert.deepEqual(at(release, "values.grafana.ingress"), {
      enabled: true,
      ingressClassName: "traefik",
      annotations: {
        "cert-manager.io/cluster-issuer": "letsencrypt",
        "traefik.ingress.kubernetes.io/router.entrypoints": "web,websecure",
        "traefik.ingress.kubernetes.io/router.middlewares": `monitoring-${String(at(middleware, "metadata.name"))}@kubernetescrd`,
      },
      hosts: ["grafana.example.com"],
      tls: [{ secretName: "grafana-tls", hosts: ["grafana.example.com"] }],
    });
    assert.ok(release.dependencies.includes(middleware.urn));
  });

  it("shows Grafana to nobody without a host", async () => {
    const result = await run(withGrafana());
    assert.equal(
      at(only(result, "kubernetes:helm.sh/v3:Release"), "values.grafana.ingress"),
      undefined,
    );
  });
});
