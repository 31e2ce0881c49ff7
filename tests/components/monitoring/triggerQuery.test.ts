import { strict as assert } from "node:assert";

import { triggerQuery } from "../../../components/monitoring/triggerQuery";
import { promqlError } from "../../support/promql";

describe("triggerQuery", () => {
  const query = triggerQuery({ namespace: "web", name: "httpbin" });

  it("counts the requests of one app by the name that Traefik has for its service", () => {
    assert.equal(
      query,
      [
        '(sum(rate(traefik_service_requests_total{job="k8s-test-traefik",service=~"web-httpbin-(http|80)@kubernetes"}[30s]))',
        'or 0 * sum(up{job="k8s-test-traefik"} == 1))',
        'and (max(count_over_time(up{job="k8s-test-traefik"}[30s])) >= 5',
        'or sum(count_over_time(up{job="k8s-test-traefik"}[30s])) >= 5 * count(up{job="k8s-test-traefik"}))',
      ].join(" "),
    );
  });

  it("is what Prometheus takes for a query", () => {
    assert.equal(promqlError(query), undefined);
    assert.notEqual(promqlError(query.replace("sum(rate", "sum rate")), undefined);
  });

  it("has no answer of its own where nobody counts: that would take pods away", () => {
    assert.doesNotMatch(query, /vector\(/);
  });
});
