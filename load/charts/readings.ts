import { metricWords } from "../metricWords";
import type { MetricReading } from "../record";
import { inWords, number } from "./figures";

/** Such as "cpu at 2 % and memory at 56 MiB". */
export function readInWords(readings: readonly MetricReading[]): string {
  return inWords(
    readings.map((reading) => `${metricWords(reading.name)} at ${value(reading, "current")}`),
  );
}

/** Such as "cpu at 50 % and memory at 120 MiB". */
export function targetsInWords(readings: readonly MetricReading[]): string {
  return inWords(
    readings.map((reading) => `${metricWords(reading.name)} at ${value(reading, "target")}`),
  );
}

function value(reading: MetricReading, kind: "current" | "target"): string {
  return [number(reading[kind]), reading.unit].join(" ").trimEnd();
}
