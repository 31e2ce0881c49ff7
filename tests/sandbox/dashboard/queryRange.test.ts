import { strict as assert } from "node:assert";

import { QueryRefused, queryRange } from "../../../sandbox/dashboard/queryRange";
import { prometheusStandIn, type PrometheusStandIn } from "../../support/prometheusStandIn";

const RANGE = { from: 100, to: 130, step: 10 };

describe("queryRange", () => {
  const standIns: PrometheusStandIn[] = [];
  const standIn = async (...args: Parameters<typeof prometheusStandIn>) => {
    const made = await prometheusStandIn(...args);
    standIns.push(made);
    return { asked: made.asked, cluster: { name: "x", prometheus: made.url } };
  };
  after(() => Promise.all(standIns.map((made) => made.close())));

  it("asks for the whole range, and gives the numbers by their times", async () => {
    const { asked, cluster } = await standIn(() => [
      {
        metric: { pod: "a" },
        values: [
          [100, "1.5"],
          [110, "NaN"],
          [120, "+Inf"],
          [130, "-2e3"],
        ],
      },
    ]);
    const query = 'sum(rate(x{y=~"a|b"}[1m])) + 1';
    assert.deepEqual(await queryRange(cluster, query, RANGE), [
      {
        labels: { pod: "a" },
        values: new Map([
          [100, 1.5],
          [130, -2000],
        ]),
      },
    ]);
    assert.deepEqual(asked, [{ query, start: 100, end: 130, step: 10 }]);
  });

  it("tells a query that is refused, in Prometheus' own words", async () => {
    for (const status of [400, 422]) {
      const body = JSON.stringify({ status: "error", error: "1:4: parse error: unclosed" });
      const { cluster } = await standIn(() => ({ status, body }));
      await assert.rejects(queryRange(cluster, "sum(", RANGE), (error) => {
        assert.ok(error instanceof QueryRefused);
        assert.equal(error.message, "1:4: parse error: unclosed");
        return true;
      });
    }
  });

  it("says where Prometheus does not answer as it should, and how to find out why", async () => {
    const { cluster } = await standIn(() => ({ status: 503, body: "Service Unavailable\n" }));
    await assert.rejects(queryRange(cluster, "up", RANGE), {
      name: "UserError",
      message: `Prometheus of cluster "x" does not answer at ${cluster.prometheus}: status 503, Service Unavailable. See its log: npm run sandbox -- logs prometheus --name x`,
    });
    const page = await standIn(() => ({ status: 200, body: "<html>" }));
    await assert.rejects(queryRange(page.cluster, "up", RANGE), /: status 200, <html>\. See its/);
  });

  it("says where nobody listens", async () => {
    const made = await prometheusStandIn(() => []);
    await made.close();
    await assert.rejects(queryRange({ name: "x", prometheus: made.url }, "up", RANGE), {
      name: "UserError",
      message: /^Prometheus of cluster "x" does not answer at http.*: ECONNREFUSED\. See its log: /,
    });
  });
});
