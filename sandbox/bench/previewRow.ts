import { join } from "node:path";

import { median } from "simple-statistics";

import { nowhere } from "../stack/place";
import { prepareStack } from "../stack/upStack";
import type { BenchOptions } from "./bench";
import { inTurns } from "./clock";
import { engineOf } from "./program";
import type { Row } from "./row";

/** The preview of the stack `home` with no cluster, against that of a program without resources. */
export async function previewRow({ folder, tools, turns }: BenchOptions): Promise<Row> {
  const place = await nowhere(() => undefined);
  await prepareStack(place, { stack: "home", say: () => undefined });
  const empty = await engineOf({ program: "empty", folder: join(folder, "empty"), tools });
  const runs = await inTurns(
    {
      home: () => place.engine.read(["preview", "--stack", "home"]),
      empty: () => empty.read(["preview"]),
    },
    turns,
  );
  return {
    name: "preview of home, warm",
    unit: "ratio",
    value: median(runs.home) / median(runs.empty),
    against: "preview of an empty program",
    aim: 1.5,
    runs,
  };
}
