import { strict as assert } from "node:assert";

import { dashboardRows } from "../../../components/monitoring/dashboardQueries";
import type { WatchedApp } from "../../../components/monitoring/watchedApp";
import { promqlError } from "../../support/promql";
import { WATCHED, WATCHED_LIVE } from "../../support/watchedApp";

/** Titles of rows, each with those of its panels. */
function titles(app: WatchedApp): [string, string[]][] {
  return dashboardRows(app).map(({ title, panels }) => [title, panels.map((panel) => panel.title)]);
}

function queriesOf(app: WatchedApp): { panel: string; expr: string; legend: string }[] {
  return dashboardRows(app).flatMap(({ panels }) =>
    panels.flatMap(({ title, queries }) => queries.map((query) => ({ panel: title, ...query }))),
  );
}

const PLAIN: WatchedApp = { ...WATCHED, requestsTarget: 0 };

describe("dashboardRows", () => {
  it("show what users feel, the pods, their use against the targets, and what scaling rests on", () => {
    assert.deepEqual(titles(WATCHED), [
      ["At the ingress", ["Requests per second", "Errors", "Latency"]],
      ["Pods", ["Pods", "Scaling events"]],
      ["Use and targets", ["cpu", "Memory"]],
      ["What scaling rests on", ["Requests per second and pod", "Failed readings", "Certificate"]],
    ]);
  });

  it("leave out what an app does not have", () => {
    assert.deepEqual(titles(PLAIN)[3], ["What scaling rests on", ["Certificate"]]);
    assert.deepEqual(titles(WATCHED_LIVE)[0], ["At the ingress", ["Requests per second"]]);
    assert.deepEqual(
      titles({ ...WATCHED_LIVE, requestsTarget: 0 }).map(([title]) => title),
      ["Pods", "Use and targets"],
    );
  });

  it("ask in what Prometheus takes for queries, each with a name of its own in its panel", () => {
    for (const app of [WATCHED, PLAIN, WATCHED_LIVE]) {
      const queries = queriesOf(app);
      assert.ok(queries.length > 8);
      for (const { panel, expr, legend } of queries) {
        assert.equal(promqlError(expr), undefined, expr);
        assert.notEqual(legend, "", panel);
      }
      const names = queries.map(({ panel, legend }) => `${panel}: ${legend}`);
      assert.deepEqual([...new Set(names)], names);
    }
  });

  it("draw the bounds and the targets as they are set", () => {
    const expr = (panel: string, legend: string): string | undefined =>
      queriesOf(WATCHED).find((query) => query.panel === panel && query.legend === legend)?.expr;
    assert.equal(expr("Pods", "minimum"), "vector(1)");
    assert.equal(expr("Pods", "maximum"), "vector(4)");
    assert.equal(expr("cpu", "target"), "vector(50)");
    assert.equal(expr("Memory", "target"), `vector(${String(204 * 2 ** 20)})`);
    assert.equal(expr("Requests per second and pod", "target"), "vector(20)");
  });

  it("say nothing of a certificate that is not there yet, which cert-manager counts as 0", () => {
    const [left] = queriesOf(WATCHED).filter(({ panel }) => panel === "Certificate");
    assert.match(left?.expr ?? "", /^min\(certmanager_certificate_.*\} > 0\) - time\(\)$/);
  });

  it("show by the second what CloudWatch counts by the minute", () => {
    const [first] = queriesOf(WATCHED_LIVE);
    assert.match(first?.expr ?? "", /^sum\(keda_scaler_metrics_value\{.*\}\) \/ 60$/);
  });
});
