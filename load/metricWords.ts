/**
 * Which trigger of a ScaledObject a metric is of, by KEDA's name for it: 2, which is the third, for
 * "s2-prometheus". Undefined where the name is none of KEDA's.
 */
export function triggerOf(name: string): number | undefined {
  const index = /^s(\d+)-/.exec(name)?.[1];
  return index === undefined ? undefined : Number(index);
}

/**
 * A metric's name for people: "requests per second" where a trigger is called "requests-per-second".
 * A name of KEDA's own is left as it is, so that it can be looked for.
 */
export function metricWords(name: string): string {
  return triggerOf(name) !== undefined ? name : name.replace(/[_-]/g, " ");
}
