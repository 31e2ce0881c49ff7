import * as z from "zod";

/** A line, or several, that a panel asks Prometheus for. */
export interface Target {
  /** PromQL. */
  expr: string;
  /** Name of a line, in which `{{pod}}` stands for a label's value. */
  legend: string;
}

export interface DashboardPanel {
  title: string;
  /** Unit, as Grafana names it. */
  unit: string;
  /** Of the 24 columns of a dashboard. */
  columns: number;
  targets: Target[];
}

/** A dashboard's row, with its panels from left to right, and line by line. */
export interface DashboardRow {
  title: string;
  panels: DashboardPanel[];
}

export interface Dashboard {
  title: string;
  /** Minutes up to now that it shows when it is opened. */
  minutes: number;
  rows: DashboardRow[];
}

/** Columns that a dashboard of Grafana has. */
export const COLUMNS = 24;

const HOUR = 60;
const MINUTES: Readonly<Record<string, number>> = { m: 1, h: HOUR, d: 24 * HOUR };
const RANGE = /^now-(\d+)([mhd])$/;

const row = z.object({ type: z.literal("row"), title: z.string() });
const panel = z.object({
  type: z.literal("timeseries"),
  title: z.string(),
  gridPos: z.object({ w: z.int().min(1).max(COLUMNS) }),
  fieldConfig: z.object({ defaults: z.object({ unit: z.string().default("short") }) }),
  targets: z.array(z.object({ expr: z.string().min(1), legendFormat: z.string().min(1) })).min(1),
});

const rowOrPanel = z.discriminatedUnion("type", [row, panel], {
  // Of another type; what is wrong in a panel says so itself.
  error: "only panels of time series can be drawn here, and rows",
});

/** What is drawn of Grafana's JSON, in its classic form; all else in it is left alone. */
const schema = z.object({
  title: z.string(),
  time: z.object({
    from: z.string().regex(RANGE, { error: "only now-MINUTESm, now-HOURSh or now-DAYSd is known" }),
  }),
  panels: z.array(rowOrPanel).min(1),
});

/**
 * Reads Grafana's JSON of a dashboard.
 *
 * @throws Error where it is no dashboard that can be drawn; with all that is wrong in it.
 */
export function readDashboard(json: string): Dashboard {
  const result = schema.safeParse(JSON.parse(json));
  if (!result.success) throw new Error(z.prettifyError(result.error));
  const { title, time, panels } = result.data;
  const rows: DashboardRow[] = [];
  for (const one of panels) {
    if (one.type === "row") rows.push({ title: one.title, panels: [] });
    else {
      if (rows.length === 0) rows.push({ title: "", panels: [] });
      rows.at(-1)?.panels.push(panelOf(one));
    }
  }
  return { title, minutes: minutesOf(time.from), rows };
}

function panelOf({ title, gridPos, fieldConfig, targets }: z.infer<typeof panel>): DashboardPanel {
  return {
    title,
    unit: fieldConfig.defaults.unit,
    columns: gridPos.w,
    targets: targets.map(({ expr, legendFormat }) => ({ expr, legend: legendFormat })),
  };
}

function minutesOf(from: string): number {
  const [, amount, unit = "m"] = RANGE.exec(from) ?? [];
  return Number(amount) * (MINUTES[unit] ?? 1);
}
