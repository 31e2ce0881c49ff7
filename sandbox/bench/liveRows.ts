import { median } from "simple-statistics";

import { stopCluster } from "../cluster/stopCluster";
import { sandboxPlace } from "../stack/place";
import { prepareStack } from "../stack/upStack";
import type { BenchOptions } from "./bench";
import { inTurns, secondsOf } from "./clock";
import type { Row } from "./row";

const NAME = "bench-live";
const STACK = "live";
const UP = ["up", "--yes", "--skip-preview", "--stack", STACK];

/** The stack `live` on simulated clouds, which take no time: what is left is the program's own. */
export async function liveRows({ turns, install, signal, say }: BenchOptions): Promise<Row[]> {
  await stopCluster({ name: NAME });
  try {
    const place = await sandboxPlace({
      name: NAME,
      stack: STACK,
      tier: "cluster",
      install,
      signal,
      say: () => undefined,
    });
    await prepareStack(place, { stack: STACK, say: () => undefined });
    const { engine } = place;
    say("  making it");
    const made = [await secondsOf(() => engine.read(UP))];
    say("  updates that change nothing");
    const { unchanged } = await inTurns({ unchanged: () => engine.read(UP) }, turns);
    return [
      {
        name: "update that makes live",
        unit: "s",
        value: median(made),
        against: "clouds that are simulated",
        runs: { made },
      },
      {
        name: "update of live without a change",
        unit: "s",
        value: median(unchanged),
        against: "clouds that are simulated",
        runs: { unchanged },
      },
    ];
  } finally {
    await stopCluster({ name: NAME });
  }
}
