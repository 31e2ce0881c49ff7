import { strict as assert } from "node:assert";

import type { Line } from "../../../load/charts/linePanel";
import { COLOURS, GREYS } from "../../../load/charts/theme";
import type { Dashboard, DashboardPanel } from "../../../sandbox/dashboard/grafanaDashboard";
import { linesOf, namedColours } from "../../../sandbox/dashboard/lines";
import type { Series } from "../../../sandbox/dashboard/queryRange";

const RANGE = { from: 100, to: 120, step: 5 };

const given = (labels: Record<string, string>, ...values: [number, number][]): Series => ({
  labels,
  values: new Map(values),
});
const panel = (...targets: [expr: string, legend: string][]): DashboardPanel => ({
  title: "Panel",
  unit: "short",
  columns: 24,
  targets: targets.map(([expr, legend]) => ({ expr, legend })),
});
const dashboard = (...panels: DashboardPanel[]): Dashboard => ({
  ...{ title: "d", minutes: 30, rows: [{ title: "Row", panels }] },
});

function lines(
  one: DashboardPanel,
  answers: Record<string, Series[]>,
  of = dashboard(one),
): Line[] {
  const known = new Map(Object.entries(answers));
  return linesOf(one, known, RANGE, namedColours(of, known));
}

describe("linesOf", () => {
  it("has a value for each time, and a gap where there is none", () => {
    const [line] = lines(panel(["up", "up"]), { up: [given({}, [100, 1], [115, 0])] });
    assert.deepEqual(line?.points, [
      { at: 100_000, value: 1 },
      { at: 105_000, value: null },
      { at: 110_000, value: null },
      { at: 115_000, value: 0 },
      { at: 120_000, value: null },
    ]);
  });

  it("names lines by the labels that the legend asks for", () => {
    const answers = {
      a: [given({ code: "503" }, [100, 1]), given({ code: "200", x: "y" }, [100, 1])],
    };
    const names = (legend: string): string[] =>
      lines(panel(["a", legend]), answers).map(({ name }) => name);
    assert.deepEqual(names("status {{code}}"), ["status 200", "status 503"]);
    assert.deepEqual(names("{{ code }} of {{none}}"), ["200 of ", "503 of "]);
    assert.deepEqual(names("the same"), ["the same", "the same (2)"], "two lines, not one");
  });

  it("draws no line of a series without a number", () => {
    assert.deepEqual(lines(panel(["a", "a"], ["b", "b"]), { a: [given({})], b: [] }), []);
  });

  it("draws bounds and targets dashed and grey, each in its own way", () => {
    const drawn = lines(panel(["up", "up"], ["vector(1)", "minimum"], ["vector(4.5)", "maximum"]), {
      up: [given({}, [100, 1])],
      "vector(1)": [given({}, [100, 1])],
      "vector(4.5)": [given({}, [100, 4.5])],
    });
    assert.deepEqual(
      drawn.map(({ name, colour, dash }) => [name, colour, dash]),
      [
        ["up", COLOURS.blue, undefined],
        ["minimum", GREYS.muted, [6, 4]],
        ["maximum", GREYS.muted, [2, 4]],
      ],
    );
  });

  it("lets the average of pods stand out, below them where they are the same", () => {
    const drawn = lines(panel(["pods", "{{pod}}"], ["avg(pods)", "average"]), {
      pods: [given({ pod: "b" }, [100, 1]), given({ pod: "a" }, [100, 1])],
      "avg(pods)": [given({}, [100, 1])],
    });
    assert.deepEqual(
      drawn.map(({ name, colour, thick }) => [name, colour, thick]),
      [
        ["average", COLOURS.black, 2.5],
        ["a", COLOURS.blue, 1.5],
        ["b", COLOURS.orange, 1.5],
      ],
    );
  });

  it("gives a pod the same colour in all panels, whoever else is there", () => {
    const [cpu, memory] = [panel(["cpu", "{{pod}}"]), panel(["memory", "{{pod}}"])];
    const answers = {
      cpu: ["b", "c"].map((pod) => given({ pod }, [100, 1])),
      memory: ["a", "b", "c"].map((pod) => given({ pod }, [100, 1])),
    };
    const both = dashboard(cpu, memory);
    const colours = (one: DashboardPanel): string[][] =>
      lines(one, answers, both).map(({ name, colour }) => [name, colour]);
    assert.deepEqual(colours(cpu), [
      ["b", COLOURS.orange],
      ["c", COLOURS.green],
    ]);
    assert.deepEqual(colours(memory), [["a", COLOURS.blue], ...colours(cpu)]);
  });
});
