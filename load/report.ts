import type { LoadRecord } from "./record";

/** Characters of what was seen up to which lines stand in columns; a longer one would drive all apart. */
const WIDEST = 48;

/** The verdict for a person: each check, what was seen and what is allowed. */
export function verdictReport({ verdict, requests, target }: LoadRecord): string {
  const { passed, checks, unchecked = [] } = verdict;
  const name = Math.max(...checks.map((check) => check.name.length));
  const widths = checks.map((check) => check.measured.length).filter((width) => width <= WIDEST);
  const measured = Math.max(0, ...widths);
  const lines = checks.map((check) => {
    const mark = check.passed ? "ok    " : "FAILED";
    return `  ${mark}  ${check.name.padEnd(name)}  ${check.measured.padEnd(measured)}  (${check.allowed})`;
  });
  const what = `${target.namespace}/${target.autoscaler}`;
  return [
    "",
    passed
      ? `Passed: ${what} scales as it should.`
      : `FAILED: ${what} does not scale as it should.`,
    ...lines,
    ...unchecked.map((sentence) => `  not looked at: ${sentence}`),
    ...latencyLines(requests),
  ].join("\n");
}

function latencyLines({ latency }: LoadRecord["requests"]): string[] {
  if (latency === undefined) return [];
  const { p50, p90, p99, max } = latency;
  const text = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));
  return [
    `  answers: half within ${text(p50)} ms, 90 % within ${text(p90)} ms, 99 % within ${text(p99)} ms, all within ${text(max)} ms`,
  ];
}
