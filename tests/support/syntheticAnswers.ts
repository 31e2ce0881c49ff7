import type { Answers } from "../../sandbox/dashboard/answers";
import type { Dashboard, DashboardPanel, Target } from "../../sandbox/dashboard/grafanaDashboard";
import type { Series, TimeRange } from "../../sandbox/dashboard/queryRange";

/** Seven minutes, of which the load is the third and the fourth. */
export const RANGE: TimeRange = { from: 1_767_323_040, to: 1_767_323_460, step: 5 };

/** Pods of the synthetic run, the first of which is there all the time. */
export const PODS = ["b4c5d", "q9z7m", "x2k4p", "zz8kk"].map((id) => `httpbin-7c9f8d6b5-${id}`);

/** A series of what a function says of each second since the range began; NaN: nothing. */
export function series(
  valueAt: (second: number) => number,
  labels: Record<string, string> = {},
  { from, to, step } = RANGE,
): Series {
  const values = new Map<number, number>();
  for (let time = from; time <= to; time += step) {
    const value = valueAt(time - from);
    if (Number.isFinite(value)) values.set(time, value);
  }
  return { labels, values };
}

/** What a Prometheus might answer to all that a dashboard of the stack asks, made up by formulas. */
export function syntheticAnswers(dashboard: Dashboard): Map<string, readonly Series[]> {
  return new Map(
    dashboard.rows.flatMap(({ panels }) =>
      panels.flatMap((panel) =>
        panel.targets.map((target) => [target.expr, seriesOf(panel, target)] as const),
      ),
    ),
  ) satisfies Answers;
}

const requests = (second: number): number => {
  if (second < 120) return 0.2;
  if (second < 150) return (second - 120) * 1.5;
  if (second < 240) return 45 + Math.sin(second);
  return second < 270 ? (270 - second) * 1.5 : 5;
};
const pods = (second: number): number => {
  if (second < 150 || second >= 350) return 1;
  return second < 330 ? 4 : 2;
};
const MIB = 2 ** 20;

function seriesOf({ title, unit }: DashboardPanel, { expr, legend }: Target): Series[] {
  const [, constant] = /^vector\((.*)\)$/.exec(expr) ?? [];
  if (constant !== undefined) return [series(() => Number(constant))];
  if (legend === "{{pod}}") {
    return PODS.map((pod, index) =>
      series(
        (second) => {
          if (index > 0 && pods(second - 10) < 4) return NaN;
          return unit === "bytes" ? (40 + index) * MIB : requests(second) * (1 + index / 5);
        },
        { pod },
      ),
    );
  }
  if (legend.includes("{{code}}")) {
    return [
      series(requests, { code: "200" }),
      series((second) => (second > 200 ? 0.1 : 0), { code: "503" }),
    ];
  }
  if (legend === "desired") return [series(pods)];
  if (legend === "ready") return [series((second) => pods(second - 10))];
  if (legend === "change") return [series((second) => pods(second) - pods(second - 30))];
  if (legend === "left") return [series((second) => 89 * 86_400 - second)];
  if (legend === "failed" || legend === "5xx") return [series(() => 0)];
  // Of no request there is no latency.
  if (unit === "s") return [series((second) => (second < 60 ? NaN : 0.02 + second / 10_000))];
  if (unit === "bytes") return [series(() => 41 * MIB)];
  return [series(title.endsWith("and pod") ? (at) => requests(at) / pods(at) : requests)];
}
