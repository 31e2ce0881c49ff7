import * as z from "zod";

const row = z.object({
  /** What was measured. */
  name: z.string(),
  unit: z.enum(["ratio", "ms", "s", "MiB"]),
  /** Median of the runs; a ratio of medians where the unit is "ratio". */
  value: z.number(),
  /** What the value is measured against, or from when it counts. */
  against: z.string(),
  /** Most that the value should be; without it, the row is for information. */
  aim: z.number().optional(),
  /** Seconds that each run took, or its MiB, by what ran or what is counted, in the order of time. */
  runs: z.record(z.string(), z.array(z.number())),
});

/** Rows of one run of the benchmark, as they are kept in a file. */
export const benchFile = z.object({
  version: z.literal(1),
  /** When the run began, ISO 8601. */
  startedAt: z.string(),
  rows: z.array(row),
});

export type Row = z.output<typeof row>;
export type BenchFile = z.output<typeof benchFile>;

/** Whether a row is where it should be; undefined where nothing is aimed at. */
export function isMet({ value, aim }: Row): boolean | undefined {
  return aim === undefined ? undefined : value <= aim;
}
