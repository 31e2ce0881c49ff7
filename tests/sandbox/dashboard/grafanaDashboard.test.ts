import { strict as assert } from "node:assert";

import { dashboardJson } from "../../../components/monitoring/dashboard";
import { dashboardRows } from "../../../components/monitoring/dashboardQueries";
import { readDashboard } from "../../../sandbox/dashboard/grafanaDashboard";
import { WATCHED, WATCHED_LIVE } from "../../support/watchedApp";

const PANEL = {
  type: "timeseries",
  title: "Up",
  gridPos: { w: 24 },
  fieldConfig: { defaults: {} },
  targets: [{ expr: "up", legendFormat: "{{job}}" }],
};

function read(differences: object): ReturnType<typeof readDashboard> {
  return readDashboard(
    JSON.stringify({ title: "t", time: { from: "now-30m" }, panels: [PANEL], ...differences }),
  );
}

describe("readDashboard", () => {
  it("finds in Grafana's JSON all that the stack has put into it", () => {
    for (const app of [WATCHED, WATCHED_LIVE]) {
      const { title, minutes, rows } = readDashboard(dashboardJson(app));
      assert.deepEqual([title, minutes], ["httpbin in web", 30]);
      assert.deepEqual(
        rows.map((row) => ({
          title: row.title,
          panels: row.panels.map(({ columns, ...panel }) => {
            assert.equal(columns, 24 / row.panels.length);
            return panel;
          }),
        })),
        dashboardRows(app).map((row) => ({
          title: row.title,
          panels: row.panels.map(({ title, unit, queries }) => ({ title, unit, targets: queries })),
        })),
      );
    }
  });

  it("takes panels that have no row and no unit", () => {
    assert.deepEqual(read({}).rows, [
      {
        title: "",
        panels: [
          {
            title: "Up",
            unit: "short",
            columns: 24,
            targets: [{ expr: "up", legend: "{{job}}" }],
          },
        ],
      },
    ]);
  });

  it("counts in minutes how far back a dashboard looks", () => {
    const minutes = (from: string): number => read({ time: { from } }).minutes;
    assert.deepEqual(["now-5m", "now-6h", "now-2d"].map(minutes), [5, 360, 2880]);
  });

  it("refuses what it cannot draw, and says where it is", () => {
    assert.throws(() => readDashboard("{"), SyntaxError);
    assert.throws(() => read({ time: { from: "now/d" } }), /only now-MINUTESm, .*\n.*time\.from/);
    assert.throws(() => read({ panels: [] }), /panels/);
    assert.throws(
      () => read({ panels: [PANEL, { ...PANEL, type: "stat" }] }),
      /only panels of time series can be drawn here.*\n.*panels\[1\]\.type/,
    );
    assert.throws(
      () => read({ panels: [{ ...PANEL, targets: [{ legendFormat: "x" }] }] }),
      /panels\[0\]\.targets\[0\]\.expr/,
    );
  });
});
