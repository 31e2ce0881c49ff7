import { strict as assert } from "node:assert";

import { prometheusStackValues } from "../../../components/monitoring/prometheusStackValues";

interface Values {
  prometheus: { prometheusSpec: Record<string, unknown> };
  grafana: Record<string, unknown>;
  [part: string]: unknown;
}

const base = { namespace: "monitoring", retentionDays: 7 };
const values = (more: Partial<Parameters<typeof prometheusStackValues>[0]> = {}): Values =>
  prometheusStackValues({ ...base, ...more }) as Values;

describe("prometheusStackValues", () => {
  it("leave out all that a small node can do without, and what is not restricted", () => {
    const parts = values();
    for (const part of ["alertmanager", "nodeExporter", "kubeEtcd", "kubeApiServer", "grafana"]) {
      assert.deepEqual(parts[part], { enabled: false }, part);
    }
    assert.deepEqual(parts["defaultRules"], { create: false });
  });

  it("keep of a kubelet what a dashboard asks for, and nothing of k3s' API server", () => {
    const { serviceMonitor } = values()["kubelet"] as {
      serviceMonitor: { metricRelabelings: { action: string; regex: string }[] };
    };
    const [only, ...more] = serviceMonitor.metricRelabelings;
    assert.deepEqual([only?.action, more], ["keep", []]);
    const kept = RegExp(`^(?:${only?.regex ?? ""})$`);
    assert.match("horizontal_pod_autoscaler_controller_desired_replicas", kept);
    assert.match("kubelet_running_pods", kept);
    assert.doesNotMatch("apiserver_request_duration_seconds_bucket", kept);
  });

  it("have the operator's Service for kubelets where it goes with the namespace, and is looked for", () => {
    const { kubelet, prometheusOperator } = values() as unknown as {
      kubelet: { namespace: unknown };
      prometheusOperator: { kubeletService: unknown };
    };
    assert.deepEqual(prometheusOperator.kubeletService, { namespace: "monitoring" });
    assert.equal(kubelet.namespace, "monitoring");
  });

  it("find scrapes and rules that are not the chart's", () => {
    const spec = values().prometheus.prometheusSpec;
    for (const kind of ["podMonitor", "serviceMonitor", "rule"]) {
      assert.equal(spec[`${kind}SelectorNilUsesHelmValues`], false, kind);
    }
  });

  it("keep series for as long as is set, and never more than there is room for", () => {
    const kept = (more: object): unknown[] => {
      const { retention, retentionSize, storageSpec } = values(more).prometheus.prometheusSpec;
      return [retention, retentionSize, storageSpec];
    };
    assert.deepEqual(kept({}), ["7d", "1638MiB", undefined]);
    const claim = (spec: object): object => ({
      volumeClaimTemplate: {
        spec: {
          accessModes: ["ReadWriteOnce"],
          ...spec,
          resources: { requests: { storage: "10Gi" } },
        },
      },
    });
    assert.deepEqual(kept({ retentionDays: 30, storageGiB: 10 }), ["30d", "8192MiB", claim({})]);
    assert.deepEqual(
      kept({ storageGiB: 10, storageClass: "fast" })[2],
      claim({ storageClassName: "fast" }),
    );
  });

  it("have Grafana read its password from a Secret, and its dashboards from ConfigMaps", () => {
    const { grafana } = values({ grafana: { password: "hunter2" } });
    assert.deepEqual(grafana["admin"], {
      existingSecret: "grafana-admin",
      userKey: "admin-user",
      passwordKey: "admin-password",
    });
    assert.deepEqual(grafana["sidecar"], {
      dashboards: {
        enabled: true,
        label: "grafana_dashboard",
        labelValue: "1",
        searchNamespace: "monitoring",
      },
      datasources: { alertmanager: { enabled: false } },
    });
    assert.doesNotMatch(JSON.stringify(grafana), /hunter2/);
    assert.equal("ingress" in grafana, false);
  });

  it("let Grafana read Secrets of its own namespace only", () => {
    const { grafana } = values({ grafana: { password: "hunter2" } });
    assert.deepEqual(grafana["rbac"], { namespaced: true });
  });
});
