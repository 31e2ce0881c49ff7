import { strict as assert } from "node:assert";

import { dashboardJson } from "../../../components/monitoring/dashboard";
import { dashboardRows } from "../../../components/monitoring/dashboardQueries";
import { WATCHED, WATCHED_LIVE } from "../../support/watchedApp";

interface Target {
  refId: string;
  expr: string;
  legendFormat: string;
  datasource: { type: string; uid: string };
}
interface GridPos {
  x: number;
  y: number;
  w: number;
  h: number;
}
interface Dashboard {
  title: string;
  uid: string;
  templating: { list: { name: string; type: string; query: string }[] };
  panels: {
    title: string;
    type: string;
    gridPos: GridPos;
    targets?: Target[];
    options?: { legend: { showLegend: boolean } };
  }[];
}

const made = (app: typeof WATCHED): Dashboard => JSON.parse(dashboardJson(app)) as Dashboard;

describe("dashboardJson", () => {
  it("has a panel for each that is described, with its queries to the chosen Prometheus", () => {
    for (const app of [WATCHED, WATCHED_LIVE]) {
      const panels = made(app).panels.filter(({ type }) => type !== "row");
      assert.deepEqual(
        panels.map(({ title, targets = [] }) => [title, targets.map(({ expr }) => expr)]),
        dashboardRows(app).flatMap(({ panels: described }) =>
          described.map(({ title, queries }) => [title, queries.map(({ expr }) => expr)]),
        ),
      );
      for (const { datasource } of panels.flatMap(({ targets = [] }) => targets)) {
        assert.deepEqual(datasource, { type: "prometheus", uid: "${datasource}" });
      }
    }
  });

  it("tells the lines of a panel apart", () => {
    const panels = made(WATCHED).panels.filter(({ type }) => type !== "row");
    for (const { title, options } of panels) assert.ok(options?.legend.showLegend, title);
  });

  it("lets the Prometheus be chosen, so that one dashboard is for any cluster", () => {
    const [variable, ...others] = made(WATCHED).templating.list;
    assert.deepEqual(others, []);
    assert.equal(variable?.name, "datasource");
    assert.equal(variable.type, "datasource");
    assert.equal(variable.query, "prometheus");
  });

  it("has no panel upon another, and none beyond the page", () => {
    const boxes = made(WATCHED).panels.map(({ gridPos }) => gridPos);
    for (const [index, a] of boxes.entries()) {
      assert.ok(a.x >= 0 && a.x + a.w <= 24, JSON.stringify(a));
      for (const b of boxes.slice(index + 1)) {
        const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
        assert.ok(apart, `${JSON.stringify(a)} ${JSON.stringify(b)}`);
      }
    }
  });

  it("is the same each time, so that an update without a change changes nothing", () => {
    assert.equal(dashboardJson(WATCHED), dashboardJson(WATCHED));
    const long = { ...WATCHED, namespace: "n".repeat(63) };
    assert.ok(made(long).uid.length <= 40, "as Grafana takes it");
  });
});
