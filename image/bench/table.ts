import type { Measurement, Run } from "./measure";

/** The median; of two in the middle, their mean. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.floor((sorted.length - 1) / 2)];
  if (upper === undefined || lower === undefined) throw new Error("No value has no median.");
  return (upper + lower) / 2;
}

/**
 * Tables of the medians of all runs: one of memory and start, and one of each path. `baseline` is
 * the candidate that the requests per core of the others are divided by, round by round. Of the
 * p99 it is the least: what else the machine does only adds to it.
 */
export function markdown(runs: readonly Run[], baseline: string): string {
  const names = [...new Set(runs.map(({ candidate }) => candidate))];
  const paths = [...new Set(runs.flatMap((run) => run.measurements.map(({ path }) => path)))];
  const of = (name: string): Run[] => runs.filter(({ candidate }) => candidate === name);
  const tables = [
    table(
      ["server", "idle MiB", "MiB after load", "s to first 200"],
      names.map((name) => [
        name,
        whole(median(of(name).map(({ idleMemory }) => idleMemory)) / 2 ** 20),
        whole(median(of(name).map(({ loadedMemory }) => loadedMemory)) / 2 ** 20),
        median(of(name).map(({ start }) => start)).toFixed(2),
      ]),
    ),
    ...paths.map((path) => pathTable(path, names, of, baseline)),
  ];
  return tables.join("\n\n");
}

function pathTable(
  path: string,
  names: readonly string[],
  of: (name: string) => Run[],
  baseline: string,
): string {
  const measured = (name: string): Measurement[] =>
    of(name).flatMap(({ measurements }) => measurements.filter((each) => each.path === path));
  const connections = [...new Set(names.flatMap(measured).map((each) => each.connections))];
  const cells = (name: string, count: number): string[] => {
    const own = measured(name).filter((each) => each.connections === count);
    const base = measured(baseline).filter((each) => each.connections === count);
    const perCore = median(own.map(({ requestsPerCore }) => requestsPerCore));
    const ratio = median(own.map((each) => each.requestsPerCore / sameRound(base, each)));
    const failed = own.reduce((sum, each) => sum + each.failed, 0);
    return [
      whole(median(own.map(({ requestsPerSecond }) => requestsPerSecond))),
      `${whole(perCore)} (${ratio.toFixed(2)})`,
      whole(Math.min(...own.map(({ p99 }) => p99))) +
        (failed > 0 ? `, ${String(failed)} failed` : ""),
    ];
  };
  const head = connections.flatMap((count) => [`${String(count)}: req/s`, "req/core", "p99 ms"]);
  return table(
    [`\`${path}\``, ...head],
    names.map((name) => [name, ...connections.flatMap((count) => cells(name, count))]),
  );
}

/** Requests per core that the baseline had in the round of another measurement. */
function sameRound(base: readonly Measurement[], { round }: Measurement): number {
  const found = base.find((each) => each.round === round);
  if (found === undefined) throw new Error(`Round ${String(round)} has no baseline.`);
  return found.requestsPerCore;
}

function whole(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toString();
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  const rule = head.map((_, i) => (i === 0 ? "---" : "--:"));
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
