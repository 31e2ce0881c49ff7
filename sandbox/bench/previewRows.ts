import { join } from "node:path";

import { median } from "simple-statistics";

import type { Engine } from "../stack/engine";
import { nowhere } from "../stack/place";
import { prepareStack } from "../stack/upStack";
import type { BenchOptions } from "./bench";
import { inTurns } from "./clock";
import { engineOf } from "./program";
import type { Row } from "./row";

/** Most that the preview of a stack should take, in previews of an empty program. */
const AIMS = { home: 1.5, live: 2.5 } as const;

/** The previews of both stacks with no cluster, against that of a program without resources. */
export async function previewRows({ folder, tools, turns }: BenchOptions): Promise<Row[]> {
  const home = await engineFor("home");
  const live = await engineFor("live");
  const empty = await engineOf({ program: "empty", folder: join(folder, "empty"), tools });
  const runs = await inTurns(
    {
      home: () => home.read(["preview", "--stack", "home"]),
      live: () => live.read(["preview", "--stack", "live"]),
      empty: () => empty.read(["preview"]),
    },
    turns,
  );
  return (["home", "live"] as const).map((stack) => ({
    name: `preview of ${stack}, warm`,
    unit: "ratio",
    value: median(runs[stack]) / median(runs.empty),
    against: "preview of an empty program",
    aim: AIMS[stack],
    runs: { [stack]: runs[stack], empty: runs.empty },
  }));
}

async function engineFor(stack: string): Promise<Engine> {
  const place = await nowhere(() => undefined, stack);
  await prepareStack(place, { stack, say: () => undefined });
  return place.engine;
}
