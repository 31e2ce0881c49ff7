import { strict as assert } from "node:assert";

import type { TopLevelSpec } from "vega-lite";

import { dashboardJson } from "../../../components/monitoring/dashboard";
import { renderPng, viewOf } from "../../../load/charts/renderPng";
import type { Answers } from "../../../sandbox/dashboard/answers";
import { drawing, periodInWords } from "../../../sandbox/dashboard/drawing";
import { readDashboard, type Dashboard } from "../../../sandbox/dashboard/grafanaDashboard";
import { inkOf, lineOf, overlapping, rowsOf, textBoxes, titleOf } from "../../support/charts";
import { PODS, RANGE, series, syntheticAnswers } from "../../support/syntheticAnswers";
import { WATCHED, WATCHED_LIVE } from "../../support/watchedApp";

const DASHBOARD = readDashboard(dashboardJson(WATCHED));
const ANSWERS = syntheticAnswers(DASHBOARD);

function drawn(dashboard = DASHBOARD, answers: Answers = ANSWERS): TopLevelSpec {
  return drawing(dashboard, answers, RANGE);
}

/** The answers, with another one for each line of a panel. */
function other(title: string, answer: ReturnType<typeof series>[]): Answers {
  const panels = DASHBOARD.rows.flatMap((row) => row.panels);
  const panel = panels.find((one) => one.title === title) ?? assert.fail(title);
  return new Map([...ANSWERS, ...panel.targets.map(({ expr }) => [expr, answer] as const)]);
}

/** Texts of the axes and headings of a drawing. */
async function textsOf(spec: TopLevelSpec): Promise<string[]> {
  const view = await viewOf(spec);
  const texts = textBoxes(view).map(({ text }) => text);
  view.finalize();
  return texts;
}

describe("the drawing of a dashboard", () => {
  it("says what it is, of when, and that it is not Grafana's", () => {
    assert.deepEqual(titleOf(drawn()), {
      title: "httpbin in web",
      subtitle: [
        "2026-01-02, 03:04 to 03:11 UTC",
        "Drawn from the queries of the dashboard that is in the cluster, as its Prometheus answered them; there is no Grafana here.",
      ],
    });
  });

  it("has each panel in its row, with its unit", async () => {
    const texts = await textsOf(drawn());
    const headings = [
      ...["At the ingress", "Requests per second", "Errors, %", "Latency, ms"],
      ...["Pods", "Scaling events", "Use and targets", "cpu, %", "Memory, MiB"],
      ...["What scaling rests on", "Requests per second and pod", "Failed readings"],
      "Certificate, days",
    ];
    for (const heading of headings) assert.ok(texts.includes(heading), heading);
    for (const pod of PODS) assert.equal(texts.filter((text) => text === pod).length, 2, pod);
    assert.ok(texts.includes("03:06") && texts.includes("03:10"), texts.join(" "));
  });

  it("draws the values that were answered, in the unit of the axis", () => {
    const values = (panel: string, name: string): unknown[] =>
      lineOf(drawn(), panel, name).map(([, value]) => value);
    assert.deepEqual(lineOf(drawn(), "Pods", "ready")[31], [(RANGE.from + 155) * 1000, 1]);
    assert.deepEqual(lineOf(drawn(), "Pods", "ready")[32], [(RANGE.from + 160) * 1000, 4]);
    assert.equal(values("Memory", "target")[0], 204);
    assert.equal(values("Memory", "average")[0], 41);
    assert.equal(values("Certificate", "left")[0], 89);
    assert.equal(values("Pods", "maximum").length, 85);
    assert.deepEqual(values("Latency", "p99").slice(11, 13), [null, 26]);
    assert.deepEqual(values("cpu", String(PODS[1]))[0], null, "a pod that was not there yet");
  });

  it("shows shares of 1 as percent, and seconds as what they come to", () => {
    const at = (panel: string, name: string, value: number): unknown =>
      lineOf(drawn(DASHBOARD, other(panel, [series(() => value)])), panel, name)[0]?.[1];
    assert.equal(at("Errors", "5xx", 0.25), 25);
    assert.equal(at("Latency", "p50", 2), 2);
    assert.equal(at("Certificate", "left", 7200), 2);
  });

  it("steps from count to count, and shows what is below zero", () => {
    const spec = JSON.stringify(drawn());
    assert.equal(spec.match(/"interpolate":"step-after"/g)?.length, 3, "pods, events, failures");
    const changes = lineOf(drawn(), "Scaling events", "change").map(([, value]) => Number(value));
    assert.deepEqual([Math.min(...changes), Math.max(...changes)], [-3, 3]);
    assert.match(spec, /"domain":\[-3\.24,3\.24\]/);
  });

  it("says in a panel that there is nothing, in no unit", async () => {
    const spec = drawn(DASHBOARD, other("Latency", []));
    assert.ok((await textsOf(spec)).includes("Latency"));
    assert.deepEqual(
      rowsOf(spec, "Latency")?.map(({ text }) => text),
      ["no values"],
    );
  });

  it("breaks a row where Grafana's columns are full, and needs no rows", async () => {
    const [panel] = DASHBOARD.rows[0]?.panels ?? [];
    assert.ok(panel);
    const one = (title: string, columns: number) => ({ ...panel, title, columns, unit: "short" });
    const panels = [one("a", 12), one("b", 12), one("c", 24), one("d", 6)];
    const spec = drawn({ title: "t", minutes: 5, rows: [{ title: "", panels }] });
    const view = await viewOf(spec);
    const place = (text: string) =>
      textBoxes(view).find((box) => box.text === text) ?? assert.fail(text);
    const [a, b, c, d] = ["a", "b", "c", "d"].map(place);
    view.finalize();
    assert.ok(a && b && c && d);
    assert.deepEqual([a.top, a.left, c.left], [b.top, c.left, d.left]);
    assert.ok(a.left < b.left && a.bottom < c.top && c.bottom < d.top);
  });

  const CASES: [string, Dashboard, Answers][] = [
    ["of an app at home", DASHBOARD, ANSWERS],
    ["of an app in the cloud", readDashboard(dashboardJson(WATCHED_LIVE)), ANSWERS],
    ["without any answer", DASHBOARD, new Map()],
    [
      "of many pods with long names",
      DASHBOARD,
      other(
        "cpu",
        Array.from({ length: 9 }, (_none, index) =>
          series(() => 1e6 * index, { pod: `httpbin-${"n".repeat(45)}-${String(index)}` }),
        ),
      ),
    ],
  ];
  for (const [name, dashboard, given] of CASES) {
    it(`prints no text over another, beside the picture or cut: ${name}`, async () => {
      const answers = dashboard === DASHBOARD ? given : syntheticAnswers(dashboard);
      const view = await viewOf(drawn(dashboard, answers));
      const texts = textBoxes(view);
      view.finalize();
      assert.ok(texts.length > 20, String(texts.length));
      for (const { left, right, text } of texts) {
        assert.ok(left >= 0 && right <= 900, `${text}: ${String(left)} to ${String(right)}`);
        assert.doesNotMatch(text, /…$/);
      }
      assert.deepEqual(overlapping(texts), []);
    });
  }

  it("is a picture of 1800 pixels in width, the same each time", async () => {
    const png = await renderPng(drawn());
    const { width, height, ink } = inkOf(png);
    assert.equal(width, 1800);
    assert.ok(height > 1500 && height < 2500, String(height));
    assert.ok(ink > 0.02 * width * height, "blank");
    assert.deepEqual(await renderPng(drawn()), png);
  });
});

describe("periodInWords", () => {
  it("names both days where there are two", () => {
    const from = Date.parse("2026-01-02T23:50:00Z") / 1000;
    assert.equal(
      periodInWords({ from, to: from + 1200, step: 5 }),
      "2026-01-02, 23:50 to 2026-01-03, 00:10 UTC",
    );
  });
});
