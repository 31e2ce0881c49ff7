import { median } from "simple-statistics";

import { LOAD_DEFAULTS } from "../../load/options";
import type { BenchOptions } from "./bench";
import { loadsFromNothing } from "./loadsFromNothing";
import type { Row } from "./row";
import { secondsUntilReady } from "./scaleOut";

/** How soon a step of load has all pods ready. */
export async function scaleRow(options: BenchOptions): Promise<Row> {
  const load = { seconds: LOAD_DEFAULTS.within };
  const what = { name: "bench-scale", place: { edge: false }, load } as const;
  const seconds = await loadsFromNothing(options, what, (record) =>
    secondsUntilReady(record, "npm start"),
  );
  return {
    name: "1 to 4 pods Ready under a step of load",
    unit: "s",
    value: median(seconds),
    against: "the first request of the load",
    aim: 45,
    runs: { seconds },
  };
}
