/** Seconds that something takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

/**
 * Seconds of each run of several things that are done in turns, so that whatever else the machine
 * does falls on all of them alike. A first turn, in which caches fill, is not counted.
 */
export async function inTurns<Name extends string>(
  works: Readonly<Record<Name, () => Promise<unknown>>>,
  turns: number,
): Promise<Record<Name, number[]>> {
  const names = Object.keys(works) as Name[];
  const runs = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<
    Name,
    number[]
  >;
  for (let turn = 0; turn <= turns; turn++) {
    for (const name of names) {
      const seconds = await secondsOf(works[name]);
      if (turn > 0) runs[name].push(seconds);
    }
  }
  return runs;
}
