/** What KEDA calls a metric that has no other name: "s2-prometheus" is that of the third trigger. */
const KEDA_NAME = /^s\d+-/;

/**
 * A metric's name for people: "requests per second" where a trigger is called "requests-per-second".
 * A name of KEDA's own is left as it is, so that it can be looked for.
 */
export function metricWords(name: string): string {
  return KEDA_NAME.test(name) ? name : name.replace(/[_-]/g, " ");
}
