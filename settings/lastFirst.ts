import type { ConfigProblem } from "./problem";

/**
 * Puts the problems of one list together, the last one first: whoever mends them in this order
 * removes nothing that is before what another mend names. What is missing at the end of a list comes
 * last, the first one first: a list grows by one place at a time.
 */
export function lastFirst(problems: readonly ConfigProblem[]): ConfigProblem[] {
  const lists = problems.map(listOf);
  return problems
    .map((problem) => ({
      problem,
      list: lists.indexOf(listOf(problem)),
      places: placesOf(problem),
      isMissing: Number(problem.given === "nothing" && problem.key.endsWith("]")),
    }))
    .sort(
      (one, other) =>
        one.list - other.list ||
        one.isMissing - other.isMissing ||
        compare(one.places, other.places) * (one.isMissing === 1 ? 1 : -1),
    )
    .map(({ problem }) => problem);
}

/** The key without what is inside of a list: `live.access.ci` of `live.access.ci[0].principalArn`. */
function listOf({ key }: ConfigProblem): string {
  return key.replace(/\[.*/, "");
}

function placesOf({ key }: ConfigProblem): number[] {
  return [...key.matchAll(/\[(\d+)\]/g)].map(([, place]) => Number(place));
}

/** By the first place that differs; an entry comes before what is inside of it. */
function compare(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [one[0] ?? -1, other[0] ?? -1];
  if (a !== b || a === -1) return a - b;
  return compare(one.slice(1), other.slice(1));
}
