import { strict as assert } from "node:assert";

import { loadSettings, type HomeSettings, type LiveSettings } from "../../config";
import type { MonitoringArgs } from "../../components/monitoring/monitoring";
import { fixtures } from "../support/fixtures";
import { runProgram } from "../support/program";
import { readStackFile } from "../support/stackFile";

async function settingsOf(reason: string): Promise<HomeSettings | LiveSettings> {
  const fixture = fixtures("valid").find((valid) => valid.reason === reason);
  assert.ok(fixture, reason);
  let settings: HomeSettings | LiveSettings | undefined;
  await runProgram(
    async () => {
      settings = await loadSettings();
    },
    await readStackFile(fixture.stackFile),
  );
  return settings ?? assert.fail();
}

async function monitoringOf(reason: string): Promise<MonitoringArgs> {
  const settings = await settingsOf(reason);
  const { monitoring } = settings.platform === "home" ? settings.home : settings.live;
  return monitoring ?? assert.fail(`nothing of ${reason}`);
}

describe("monitoringArgs", () => {
  it("are none where there is nothing to make, on either platform", async () => {
    for (const reason of ["cloudflare", "live", "live-with-a-keda-that-is-there"]) {
      const settings = await settingsOf(reason);
      assert.ok(!("monitoring" in (settings.platform === "home" ? settings.home : settings.live)));
    }
  });

  it("install at home what is asked for, and watch the app behind Traefik", async () => {
    const { kedaNamespace, prometheus } = await monitoringOf("home-on-requests-per-second");
    assert.equal(kedaNamespace, "keda");
    const { install, scraped, watched, namespace } = prometheus ?? assert.fail();
    const { grafana, ...sizes } = install ?? assert.fail();
    assert.deepEqual(sizes, { retentionDays: 14, storageGiB: 5, storageClass: "local-path" });
    assert.equal(grafana?.host, "grafana.example.com");
    assert.equal(namespace, "monitoring");
    assert.deepEqual(scraped, {
      keda: "keda",
      traefik: "kube-system",
      certManager: "cert-manager",
    });
    assert.deepEqual(watched, {
      name: "httpbin",
      namespace: "httpbin",
      autoscalerName: "keda-hpa-httpbin",
      autoscaling: {
        minReplicas: 1,
        maxReplicas: 4,
        cpuTarget: 50,
        memoryTarget: "204Mi",
        idleMemory: "56Mi",
        scaleDownStabilizationSeconds: 120,
      },
      cpuRequest: 0.1,
      requestsTarget: 20,
      valuePerRequest: 1,
      behindTraefik: true,
      certificateName: "httpbin-tls",
    });
  });

  it("tell what is there already, and install nothing of it", async () => {
    const { kedaNamespace, prometheus } = await monitoringOf(
      "home-with-a-prometheus-that-is-there",
    );
    assert.equal(kedaNamespace, undefined);
    const { install, release, scraped, namespace } = prometheus ?? assert.fail();
    assert.equal(install, undefined);
    assert.equal(release, "rancher-monitoring");
    assert.equal(namespace, "cattle-monitoring-system");
    assert.equal(scraped.keda, "scaling");
  });

  it("do without Prometheus' address where it only watches", async () => {
    const settings = await settingsOf("home-with-a-prometheus-that-only-watches");
    assert.ok(settings.platform === "home" && !("prometheusUrl" in settings.home));
    const { prometheus } = await monitoringOf("home-with-a-prometheus-that-only-watches");
    assert.equal(prometheus?.watched.autoscalerName, "httpbin");
    assert.equal(prometheus.scraped.keda, undefined);
  });

  it("watch in the cloud what a load balancer counts, and no Traefik", async () => {
    const { prometheus } = await monitoringOf("live-on-requests-per-second");
    const { install, scraped, watched } = prometheus ?? assert.fail();
    assert.deepEqual(install, { retentionDays: 7 });
    assert.deepEqual(scraped, { keda: "keda" });
    assert.equal(watched.valuePerRequest, 60);
    assert.equal(watched.behindTraefik, false);
    assert.equal(watched.certificateName, "");
  });
});
