import { strict as assert } from "node:assert";

import { askAll, emptyQueries, rangeOf } from "../../../sandbox/dashboard/answers";
import type { Dashboard } from "../../../sandbox/dashboard/grafanaDashboard";
import {
  prometheusStandIn,
  type AskedQuery,
  type GivenSeries,
  type PrometheusStandIn,
  type Refusal,
} from "../../support/prometheusStandIn";

const DASHBOARD: Dashboard = {
  title: "httpbin",
  minutes: 30,
  rows: [
    {
      title: "Row",
      panels: [
        {
          title: "Pods",
          unit: "short",
          columns: 24,
          targets: [
            { expr: "ready", legend: "ready" },
            { expr: "gone", legend: "gone" },
          ],
        },
        {
          title: "Again",
          unit: "short",
          columns: 24,
          targets: [{ expr: "ready", legend: "the same" }],
        },
      ],
    },
  ],
};
const NOW = 10_003;

describe("a dashboard's queries", () => {
  let standIn: PrometheusStandIn;
  let answer: (asked: AskedQuery) => GivenSeries[] | Refusal;
  const cluster = (): { name: string; prometheus: string } => ({
    name: "x",
    prometheus: standIn.url,
  });
  const valuesAt = (...times: number[]): GivenSeries[] => [
    { metric: {}, values: times.map((time) => [time, "1"]) },
  ];

  before(async () => {
    standIn = await prometheusStandIn((asked) => answer(asked));
  });
  beforeEach(() => {
    standIn.asked.length = 0;
  });
  after(() => standIn.close());

  describe("rangeOf", () => {
    it("is the last minutes, by the clock, in steps that a panel has pixels for", async () => {
      answer = ({ start, end }) => valuesAt(start, end);
      assert.deepEqual(await rangeOf(cluster(), 30, NOW), { from: 8200, to: 10_000, step: 5 });
      const day = await rangeOf(cluster(), 1440, 1_000_000);
      assert.deepEqual(day, { from: 913_440, to: 999_840, step: 240 });
      assert.deepEqual(
        standIn.asked.map(({ query, step }) => [query, step]),
        [
          ["count(up)", 5],
          ["count(up)", 240],
        ],
      );
    });

    it("begins where Prometheus has begun to read", async () => {
      answer = () => valuesAt(9900, 9905, 10_000);
      assert.equal((await rangeOf(cluster(), 30, NOW)).from, 9900);
    });

    it("is refused where there is nothing that a line could be drawn of", async () => {
      for (const given of [[], valuesAt(10_000)]) {
        answer = () => given;
        await assert.rejects(rangeOf(cluster(), 30, NOW), {
          name: "UserError",
          message:
            'Prometheus of cluster "x" has read nothing within the last 30 minutes, or has only begun to: try again in half a minute, or give more --minutes.',
        });
      }
    });
  });

  const RANGE = { from: 100, to: 110, step: 5 };

  it("are asked once each, over the same time", async () => {
    answer = ({ query }) => (query === "ready" ? valuesAt(100, 105) : []);
    const answers = await askAll(cluster(), DASHBOARD, RANGE);
    assert.deepEqual(standIn.asked.map(({ query }) => query).sort(), ["gone", "ready"]);
    assert.deepEqual(standIn.asked[0], {
      ...{ query: standIn.asked[0]?.query, start: 100, end: 110, step: 5 },
    });
    assert.deepEqual(
      answers.get("ready")?.map(({ values }) => [...values]),
      [
        [
          [100, 1],
          [105, 1],
        ],
      ],
    );
  });

  it("are named where they have no number at any time", async () => {
    answer = ({ query }) => (query === "ready" ? valuesAt(100) : []);
    assert.deepEqual(emptyQueries(DASHBOARD, await askAll(cluster(), DASHBOARD, RANGE)), [
      'httpbin, Pods, "gone": gone',
    ]);
    answer = () => [{ metric: {}, values: [[100, "NaN"]] }];
    assert.deepEqual(emptyQueries(DASHBOARD, await askAll(cluster(), DASHBOARD, RANGE)), [
      'httpbin, Pods, "ready": ready',
      'httpbin, Pods, "gone": gone',
      'httpbin, Again, "the same": ready',
    ]);
  });

  it("are named, all of them, where Prometheus does not take them", async () => {
    answer = ({ query }) => ({
      status: 400,
      body: JSON.stringify({ error: `no such thing as ${query}` }),
    });
    await assert.rejects(askAll(cluster(), DASHBOARD, RANGE), {
      name: "UserError",
      message: [
        'Prometheus of cluster "x" does not take these queries of the dashboard. Mend them in components/monitoring/, and run the stack again (npm run sandbox -- up --name x --monitoring):',
        '  httpbin, Pods, "ready": no such thing as ready',
        "    ready",
        '  httpbin, Pods, "gone": no such thing as gone',
        "    gone",
        '  httpbin, Again, "the same": no such thing as ready',
        "    ready",
      ].join("\n"),
    });
  });

  it("are given up where Prometheus goes", async () => {
    answer = () => ({ status: 502, body: "" });
    await assert.rejects(askAll(cluster(), DASHBOARD, RANGE), /does not answer at .*status 502/);
  });
});
