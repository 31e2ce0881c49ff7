import { strict as assert } from "node:assert";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { dashboardJson } from "../../../components/monitoring/dashboard";
import type { MonitoredCluster } from "../../../sandbox/cluster/monitoring/neededMonitoring";
import { drawDashboardsOf } from "../../../sandbox/dashboard/drawDashboards";
import { inkOf } from "../../support/charts";
import {
  prometheusStandIn,
  type AskedQuery,
  type GivenSeries,
  type PrometheusStandIn,
  type Refusal,
} from "../../support/prometheusStandIn";
import { WATCHED } from "../../support/watchedApp";

const CONFIG_MAP = {
  metadata: { name: "web-httpbin-dashboard", namespace: "monitoring" },
  data: { "web-httpbin.json": dashboardJson(WATCHED), "notes.txt": "no dashboard" },
};

/** A series of ones over all that was asked for. */
const ONES = ({ start, end, step }: AskedQuery): GivenSeries[] => {
  const values: [number, string][] = [];
  for (let time = start; time <= end; time += step) values.push([time, "1"]);
  return [{ metric: { pod: "httpbin-1", code: "200" }, values }];
};

describe("the pictures of a cluster's dashboards", () => {
  let folder: string;
  let standIn: PrometheusStandIn;
  let answer: (asked: AskedQuery) => GivenSeries[] | Refusal;
  let asked: string[];
  let said: string[];

  const clusterWith = (items: unknown): MonitoredCluster => ({
    name: "x",
    prometheus: standIn.url,
    api: {
      object: <T>(path: string) => {
        asked.push(path);
        return Promise.resolve(items === undefined ? undefined : ({ items } as T));
      },
    },
  });
  const draw = (items: unknown, minutes?: number): Promise<void> =>
    drawDashboardsOf(clusterWith(items), {
      out: join(folder, "new"),
      minutes,
      say: (line) => said.push(line),
    });
  const files = (): Promise<string[]> => readdir(join(folder, "new")).catch(() => []);

  before(async () => {
    standIn = await prometheusStandIn((query) => answer(query));
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "dashboard-"));
    [answer, asked, said] = [ONES, [], []];
    standIn.asked.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));
  after(() => standIn.close());

  it("are one for each dashboard that Grafana's sidecar would pick up, in a folder that is made", async () => {
    await draw([CONFIG_MAP]);
    assert.deepEqual(asked, ["/api/v1/configmaps?labelSelector=grafana_dashboard%3D1"]);
    assert.deepEqual(await files(), ["web-httpbin.png"]);
    const { width, height } = inkOf(await readFile(join(folder, "new", "web-httpbin.png")));
    assert.ok(width === 1800 && height > 1500, `${String(width)}, ${String(height)}`);
    assert.match(
      said.join("\n"),
      /^httpbin in web, 20.* UTC: 10 panels, drawn here from its own queries \(Grafana does not run\): .*new\/web-httpbin\.png$/,
    );
  });

  it("show as many minutes as the dashboard says, or as are asked for", async () => {
    const minutesAsked = (): number[] =>
      standIn.asked
        .filter(({ query }) => query === "count(up)")
        .map(({ start, end }) => (end - start) / 60);
    await draw([CONFIG_MAP]);
    await draw([CONFIG_MAP], 8);
    assert.deepEqual(minutesAsked(), [30, 8]);
  });

  it("are kept where a query has no value, and each such query is named", async () => {
    answer = (query) => (query.query.includes("certmanager_") ? [] : ONES(query));
    await assert.rejects(draw([CONFIG_MAP]), (error: Error) => {
      assert.equal(error.name, "UserError");
      assert.match(
        error.message,
        /^These queries have no value in that time, .*:\n {2}httpbin in web, Certificate, "left": min\(certmanager_certificate_.*\nWhere nobody has asked the app .*: npm run sandbox -- load --name x$/,
      );
      return true;
    });
    assert.deepEqual(await files(), ["web-httpbin.png"]);
  });

  it("are refused without a dashboard, and with one that cannot be drawn", async () => {
    await assert.rejects(draw([]), {
      name: "UserError",
      message:
        'Cluster "x" has no dashboard, which would be a ConfigMap with the label grafana_dashboard=1: the stack is not made there, or its monitoring is off. Make it: npm run sandbox -- up --name x --monitoring',
    });
    const other = { ...CONFIG_MAP, data: { "a.json": "{", "b.json": "{}" } };
    await assert.rejects(draw([other]), {
      name: "UserError",
      message:
        /^a\.json of the ConfigMap monitoring\/web-httpbin-dashboard cannot be drawn: .*JSON.*\nb\.json of the ConfigMap .* cannot be drawn: .*\n.*title/,
    });
    assert.deepEqual([await files(), said], [[], []]);
  });

  it("are refused where the API server does not answer", async () => {
    const message =
      'The API server of cluster "x" does not tell of its dashboards. See what runs: npm run sandbox -- status --name x';
    await assert.rejects(draw(undefined), { name: "UserError", message });
  });

  it("are refused where Prometheus does not take a query, or goes", async () => {
    answer = (query) =>
      query.query === "count(up)" ? ONES(query) : { status: 400, body: '{"error":"bad"}' };
    await assert.rejects(draw([CONFIG_MAP]), /does not take these queries .*\n.*: bad\n/);
    answer = () => ({ status: 500, body: "" });
    await assert.rejects(draw([CONFIG_MAP]), /does not answer at .*: status 500/);
    assert.deepEqual(await files(), []);
  });

  it("are refused where they cannot be put", async () => {
    await writeFile(join(folder, "new"), "");
    await assert.rejects(draw([CONFIG_MAP]), /^UserError: The charts cannot be put into .*new /);
  });
});
