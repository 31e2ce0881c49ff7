import { metricWords } from "../metricWords";
import type { Sample, UnreadMetric } from "../record";
import type { Change } from "../watch/changes";
import { readingText } from "../watch/readings";

/** What is going on, for a person. */
export interface Scenery {
  /** Such as "load for 120 s". */
  phase: string;
  /** Whether little happens, so that a look now and then will do. */
  isQuiet: boolean;
  /** Seconds since the load's beginning; undefined before it. */
  at: number | undefined;
  sample: Omit<Sample, "at">;
  changes: readonly Change[];
}

/** Shows what is going on. */
export interface View {
  show(scenery: Scenery): void;
  /** Leaves what is shown where it is, so that other lines can follow. */
  end(): void;
}

/** Between two lines of figures, in seconds, where there is no terminal to write over them. */
const LINE_SECONDS = 5;
const QUIET_LINE_SECONDS = 15;
/** Changes that are none for the better. */
const WARNINGS: ReadonlySet<Change["kind"]> = new Set([
  "warning",
  "metric-lost",
  "fallback-begins",
]);
/** Changes that stay in sight. */
const KEPT = 8;

/** One line for each change, and one of figures now and then. */
export class PlainView implements View {
  #last = -Infinity;

  constructor(
    private readonly say: (line: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  show({ phase, isQuiet, at, sample, changes }: Scenery): void {
    for (const change of changes) this.say(changeText(change, at));
    const now = this.now() / 1000;
    if (now - this.#last < (isQuiet ? QUIET_LINE_SECONDS : LINE_SECONDS)) return;
    this.#last = now;
    this.say(`${timeText(at)}  ${phase}: ${figures(sample).join("; ")}`);
  }

  end(): void {
    this.#last = -Infinity;
  }
}

/** A few lines that are written over once a second. */
export class LiveView implements View {
  readonly #kept: string[] = [];

  constructor(
    private readonly terminal: { (text: string): void; done(): void },
    private readonly title: string,
  ) {}

  show({ phase, at, sample, changes }: Scenery): void {
    this.#kept.push(...changes.map((change) => changeText(change, at)));
    this.#kept.splice(0, this.#kept.length - KEPT);
    this.terminal(
      [
        "",
        this.title,
        `${timeText(at)}  ${phase}`,
        ...indented(figures(sample)),
        ...this.#kept,
      ].join("\n"),
    );
  }

  end(): void {
    this.terminal.done();
  }
}

/** The view that fits where standard output goes. */
export async function viewFor(title: string, say: (line: string) => void): Promise<View> {
  if (!process.stdout.isTTY) return new PlainView(say);
  const { default: terminal } = await import("log-update");
  return new LiveView(terminal, title);
}

/** The figures of a moment, in a few parts. */
export function figures({ pods, metrics, unread = [], traffic }: Omit<Sample, "at">): string[] {
  const { desired, current, ready, endpoints } = pods;
  const use = [...metrics.map(readingText), ...unread.map(unreadText)];
  const p99 = traffic.p99 === undefined ? "" : `, p99 ${String(Math.round(traffic.p99))} ms`;
  return [
    `pods: ${String(desired)} asked for, ${String(current)} there, ${String(ready)} ready, ${String(endpoints)} reached`,
    use.length === 0 ? "no use is known yet" : use.join(", "),
    `${String(Math.round(traffic.requestsPerSecond))} requests/s, ${traffic.requests.toLocaleString("en")} in all, ${traffic.failed.toLocaleString("en")} failed${p99}`,
  ];
}

/** What is made up is no use of anything, so that it is not shown. */
function unreadText({ name, madeUp }: UnreadMetric): string {
  const fallback = madeUp === undefined ? "" : " (KEDA falls back)";
  return `${metricWords(name)} not read${fallback}`;
}

function changeText({ text, kind }: Change, at: number | undefined): string {
  return `${timeText(at)}  ${WARNINGS.has(kind) ? "warning: " : ""}${text}`;
}

function timeText(at: number | undefined): string {
  return (at === undefined ? "" : `${at.toFixed(1)} s`).padStart(9);
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `${" ".repeat(11)}${line}`);
}
