import { strict as assert } from "node:assert";

import {
  certificate,
  containers,
  desiredReplicas,
  kedaEmptyAnswers,
  kedaRequests,
  readinessProbes,
  readyReplicas,
  traefikService,
} from "../../../components/monitoring/series";
import { promqlError } from "../../support/promql";
import { WATCHED } from "../../support/watchedApp";

describe("the series of an app", () => {
  it("are those of its namespace and of its name alone", () => {
    assert.deepEqual(
      [containers, readinessProbes, kedaRequests, kedaEmptyAnswers, certificate].map((of) =>
        of(WATCHED),
      ),
      [
        '{namespace="web",pod=~"httpbin-.+",container="httpbin"}',
        '{namespace="web",pod=~"httpbin-.+",probe_type="Readiness",result="successful"}',
        '{job="k8s-test-keda",namespace="web",scaledObject="httpbin",triggerIndex="2"}',
        '{job="k8s-test-keda",namespace="web",scaledResource="httpbin"}',
        '{job="k8s-test-cert-manager",namespace="web",name="httpbin-tls"}',
      ],
    );
  });

  it("may be narrowed, by a value or by a pattern", () => {
    assert.equal(
      traefikService(WATCHED, { "code~": "5..", method: "GET" }),
      '{job="k8s-test-traefik",service=~"web-httpbin-(http|80)@kubernetes",code=~"5..",method="GET"}',
    );
  });

  it("tell of pods by the autoscaler's controller or by kube-state-metrics, whichever is there", () => {
    assert.equal(
      desiredReplicas(WATCHED, " offset 30s"),
      'max(horizontal_pod_autoscaler_controller_desired_replicas{namespace="web",hpa_name="keda-hpa-httpbin"} offset 30s or kube_horizontalpodautoscaler_status_desired_replicas{namespace="web",horizontalpodautoscaler="keda-hpa-httpbin"} offset 30s)',
    );
    assert.equal(
      readyReplicas(WATCHED),
      'sum(kube_deployment_status_replicas_ready{namespace="web",deployment="httpbin"}) or count(sum by (pod) (increase(prober_probe_total{namespace="web",pod=~"httpbin-.+",probe_type="Readiness",result="successful"}[2m])) > 0)',
    );
    for (const query of [desiredReplicas(WATCHED), readyReplicas(WATCHED)]) {
      assert.equal(promqlError(query), undefined, query);
    }
  });
});
