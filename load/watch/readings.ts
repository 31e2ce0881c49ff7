import type {
  V2HorizontalPodAutoscaler,
  V2MetricSpec,
  V2MetricStatus,
  V2MetricTarget,
  V2MetricValueStatus,
} from "@kubernetes/client-node";

import { metricWords } from "../metricWords";
import type { MetricReading } from "../record";
import { quantity } from "./quantity";

/** The part of a metric that all its kinds have. */
interface Source {
  name: string;
  target: V2MetricTarget;
  current: V2MetricValueStatus;
}

/**
 * What an autoscaler reads and aims at, as its status and spec say. A metric that it cannot read is
 * left out.
 */
export function readingsOf({ spec, status }: V2HorizontalPodAutoscaler): MetricReading[] {
  const currents = status?.currentMetrics ?? [];
  return (spec?.metrics ?? []).flatMap((wanted) => {
    const name = nameOf(wanted);
    const found = currents.find((each) => nameOf(each) === name);
    if (name === undefined || found === undefined) return [];
    const target = sourceOf(wanted)?.target;
    const current = sourceOf(found)?.current;
    const reading = target && current && valuesOf(name, target, current);
    return reading === undefined ? [] : [reading];
  });
}

/** Names of the metrics that an autoscaler goes by, whether it reads them or not. */
export function metricNamesOf({ spec }: V2HorizontalPodAutoscaler): string[] {
  return (spec?.metrics ?? []).flatMap((metric) => nameOf(metric) ?? []);
}

/** A reading for people, such as "cpu 212 % of 50 %": what there is, and the target. */
export function readingText(reading: MetricReading): string {
  return `${metricWords(reading.name)} ${amountsText(reading)}`;
}

/** Such as "212 % of 50 %". */
export function amountsText({ unit, current, target }: MetricReading): string {
  const amount = (value: number): string => {
    const digits = unit === "" && value < 10 ? value.toFixed(1) : String(Math.round(value));
    return unit === "" ? digits : `${digits} ${unit}`;
  };
  return `${amount(current)} of ${amount(target)}`;
}

function nameOf(metric: V2MetricSpec | V2MetricStatus): string | undefined {
  return (
    metric.resource?.name ??
    metric.containerResource?.name ??
    metric.pods?.metric.name ??
    metric.external?.metric.name ??
    metric.object?.metric.name
  );
}

function sourceOf(metric: V2MetricSpec | V2MetricStatus): Partial<Source> | undefined {
  const { resource, containerResource, pods, external, object } = metric;
  return resource ?? containerResource ?? pods ?? external ?? object;
}

function valuesOf(
  name: string,
  target: V2MetricTarget,
  current: V2MetricValueStatus,
): MetricReading | undefined {
  if (target.averageUtilization !== undefined && current.averageUtilization !== undefined) {
    const { averageUtilization } = current;
    return { name, unit: "%", current: averageUtilization, target: target.averageUtilization };
  }
  const [now, aim] =
    target.averageValue === undefined
      ? [current.value, target.value]
      : [current.averageValue, target.averageValue];
  // The status of a metric that could not be read is there, with a value of 0.
  if (now === undefined || aim === undefined) return undefined;
  const isMemory = name === "memory";
  const scale = isMemory ? 2 ** 20 : 1;
  const unit = isMemory ? "MiB" : "";
  const amount = (text: string): number => Math.round((quantity(text) / scale) * 1000) / 1000;
  return { name, unit, current: amount(now), target: amount(aim) };
}
