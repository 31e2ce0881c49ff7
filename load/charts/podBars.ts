import type { Panel } from "./chart";
import { shortSeconds } from "./figures";
import { textWidth } from "./fonts";
import { headedAxis, legendBeside, notePanel } from "./linePanel";
import type { NewPod } from "./newPods";
import { COLOURS, GREYS, PLOT_WIDTH, SIZES } from "./theme";
import type { TimeWindow } from "./timeWindow";

const NAME = "new pods";
const HEADING = "New pods, from created to ready";
/** Colours of the bars, by what became of the pod. */
const STATES = { ready: COLOURS.skyBlue, "never ready": COLOURS.orange } as const;
/** Pods above which a bar has no room for a text. */
const MOST_NAMED = 24;
/** Pixels of a bar with the space below it, with a text and without. */
const NAMED_BAR = 20;
const BARE_BAR = 8;
/** Pixels at either side of a text. */
const GAP = 6;
/** Square pixels. */
const SYMBOL_SIZE = 120;

/** A bar for each new pod, with its name where there is room for names. */
export function podBars(pods: readonly NewPod[], window: TimeWindow): Panel {
  if (pods.length === 0) {
    const ifEmpty = "no pod was created while there was load";
    return notePanel({ name: NAME, heading: HEADING, window, ifEmpty, height: 60 });
  }
  const isNamed = pods.length <= MOST_NAMED;
  const bars = pods.map((pod, row) => ({ row, ...barOf(pod, window) }));
  const texts = isNamed ? bars.map((bar) => ({ ...bar, ...textOf(bar, window) })) : [];
  const states = Object.entries(STATES).filter(([state]) =>
    bars.some((bar) => bar.state === state),
  );
  const y = {
    field: "row",
    type: "ordinal" as const,
    scale: { paddingInner: 0.3, paddingOuter: 0.3 },
    axis: { ...headedAxis(HEADING), labels: false, ticks: false },
  };
  return {
    name: NAME,
    height: pods.length * (isNamed ? NAMED_BAR : BARE_BAR),
    layer: [
      {
        data: { name: NAME, values: bars },
        mark: { type: "bar", clip: true },
        encoding: {
          x2: { field: "end" },
          y,
          color: {
            field: "state",
            type: "nominal",
            scale: { domain: states.map(([state]) => state), range: states.map(([, c]) => c) },
            legend: { ...legendBeside(HEADING, SYMBOL_SIZE), symbolType: "square" },
          },
        },
      },
      // An event's line must not cut a name.
      {
        data: { name: "name backgrounds", values: texts.filter(({ side }) => side !== "inside") },
        mark: { type: "bar", color: "white", opacity: 0.85 },
        encoding: {
          x: { field: "textFrom", type: "quantitative" },
          x2: { field: "textTo" },
          y,
        },
      },
      {
        data: { name: "names", values: texts },
        mark: { type: "text", fontSize: SIZES.label, color: GREYS.text, align: "left", dx: GAP },
        encoding: { x: { field: "textFrom", type: "quantitative" }, y, text: { field: "text" } },
      },
    ],
  };
}

/** A bar, with what its pod is called; times in seconds since the load began. */
interface Bar {
  at: number;
  end: number;
  state: keyof typeof STATES;
  text: string;
}

function barOf({ name, created, ready, gone }: NewPod, window: TimeWindow): Bar {
  const end = ready ?? gone ?? window.to;
  return ready === undefined
    ? { at: created, end, state: "never ready", text: `${name}, never ready` }
    : {
        at: created,
        end,
        state: "ready",
        text: `${name}, ready in ${shortSeconds(ready - created)}`,
      };
}

/** Where a bar's text stands: after it, before it, or on it, whichever has room first. */
function textOf({ at, end, text }: Bar, window: TimeWindow) {
  const wide = textWidth(text, { size: SIZES.label }) + 2 * GAP;
  const long = (wide * (window.to - window.from)) / PLOT_WIDTH;
  if (end + long <= window.to) return { side: "after", textFrom: end, textTo: end + long };
  if (at - long >= window.from) return { side: "before", textFrom: at - long, textTo: at };
  return { side: "inside", textFrom: at, textTo: at + long };
}
