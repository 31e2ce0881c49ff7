import type { TopLevelSpec } from "vega-lite";

import { independent } from "../../load/charts/chart";
import { wrap } from "../../load/charts/fonts";
import { PADDING, PICTURE_WIDTH, SIZES, THEME } from "../../load/charts/theme";
import type { Answers } from "./answers";
import { COLUMNS, type Dashboard, type DashboardPanel } from "./grafanaDashboard";
import { namedColours } from "./lines";
import { BETWEEN_PANELS, panelDrawing } from "./panelDrawing";
import type { TimeRange } from "./queryRange";

const TEXT_WIDTH = PICTURE_WIDTH - 2 * PADDING;

/** Pixels between two rows. */
const ROW_SPACING = 18;
const ROW_TITLE = { anchor: "start", frame: "bounds", fontSize: 14, offset: 10 } as const;
const HOW =
  "Drawn from the queries of the dashboard that is in the cluster, as its Prometheus answered them; there is no Grafana here.";

/** A dashboard as one picture: its rows below each other, each with its panels side by side. */
export function drawing(dashboard: Dashboard, answers: Answers, range: TimeRange): TopLevelSpec {
  const colours = namedColours(dashboard, answers);
  const bands = dashboard.rows.flatMap(({ title, panels }) =>
    linesOfPanels(panels).map((side, index) => ({ title: index === 0 ? title : "", side })),
  );
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    title: {
      text: wrap(dashboard.title, TEXT_WIDTH, { size: SIZES.title, bold: true }),
      subtitle: [periodInWords(range), ...wrap(HOW, TEXT_WIDTH, { size: SIZES.subtitle })],
    },
    background: "white",
    padding: PADDING,
    spacing: ROW_SPACING,
    config: THEME,
    vconcat: bands.map(({ title, side }) => ({
      ...(title !== "" && { title: { ...ROW_TITLE, text: title } }),
      bounds: "flush" as const,
      spacing: BETWEEN_PANELS,
      hconcat: side.map((panel) => {
        const width = Math.floor((TEXT_WIDTH * panel.columns) / COLUMNS);
        return panelDrawing(panel, { answers, range, colours, width });
      }),
      resolve: { scale: independent },
    })),
    resolve: { scale: independent },
  };
}

/** Panels that stand side by side, as Grafana breaks a row: where its columns are full. */
function linesOfPanels(panels: readonly DashboardPanel[]): DashboardPanel[][] {
  const sides: DashboardPanel[][] = [];
  let taken = COLUMNS;
  for (const panel of panels) {
    if (taken + panel.columns > COLUMNS) {
      sides.push([]);
      taken = 0;
    }
    sides.at(-1)?.push(panel);
    taken += panel.columns;
  }
  return sides;
}

/** Such as "2026-01-02, 03:04 to 03:34 UTC". */
export function periodInWords({ from, to }: TimeRange): string {
  const words = (time: number): [day: string, clock: string] => {
    const text = new Date(time * 1000).toISOString();
    return [text.slice(0, 10), text.slice(11, 16)];
  };
  const [[day, begin], [lastDay, end]] = [words(from), words(to)];
  return `${day}, ${begin} to ${lastDay === day ? end : `${lastDay}, ${end}`} UTC`;
}
