import { join } from "node:path";

import { median } from "simple-statistics";

import { startCluster } from "../cluster/startCluster";
import { stopCluster } from "../cluster/stopCluster";
import type { Engine } from "../stack/engine";
import type { BenchOptions } from "./bench";
import { inTurns, secondsOf } from "./clock";
import { engineOf } from "./program";
import type { Row } from "./row";

const NAME = "bench-apps";
const MANY = 50;
const UP = ["up", "--yes", "--skip-preview"];
/** What an update costs that has nothing to do with its resources. */
const EMPTY = "the same program without an app";

/** How the time of an update grows with what is in it, on a cluster of simulated nodes. */
export async function appsRows({
  folder,
  tools,
  turns,
  signal,
  say,
}: BenchOptions): Promise<Row[]> {
  await stopCluster({ name: NAME });
  const cluster = await startCluster({ name: NAME, tier: "cluster", signal, say: () => undefined });
  const { kubeconfigPath } = cluster;
  const engineWith = (prefix: string, apps: number): Promise<Engine> =>
    engineOf({
      program: "apps",
      folder: join(folder, prefix),
      tools,
      config: { prefix, apps, kubeconfigPath },
    });
  try {
    const none = await engineWith("none", 0);
    const one = await engineWith("one", 1);
    const many = await engineWith("many", MANY);
    await none.read(UP);
    say(`  making 1 app, then ${String(MANY)}`);
    const made = {
      one: [await secondsOf(() => one.read(UP))],
      many: [await secondsOf(() => many.read(UP))],
    };
    say("  updates that change nothing");
    const runs = await inTurns(
      { none: () => none.read(UP), one: () => one.read(UP), many: () => many.read(UP) },
      turns,
    );
    const { none: empty } = runs;
    const resources = (await resourcesOf(many)) - (await resourcesOf(none));
    return [
      {
        name: "update without a change, per resource",
        unit: "ms",
        value: (1000 * (median(runs.many) - median(empty))) / resources,
        against: EMPTY,
        aim: 25,
        runs,
      },
      {
        name: `update without a change of ${String(MANY)} apps, per app`,
        unit: "ratio",
        value: perApp(runs.many, empty) / (median(runs.one) - median(empty)),
        against: `an app alone, both less ${EMPTY}`,
        aim: 1.2,
        runs,
      },
      {
        name: `update that makes ${String(MANY)} apps, per app`,
        unit: "ratio",
        value: perApp(made.many, empty) / (median(made.one) - median(empty)),
        against: `an app alone, both less ${EMPTY}`,
        aim: 1.2,
        runs: { ...made, none: empty },
      },
    ];
  } finally {
    await stopCluster({ name: NAME });
  }
}

function perApp(many: number[], empty: number[]): number {
  return (median(many) - median(empty)) / MANY;
}

async function resourcesOf(engine: Engine): Promise<number> {
  const state = JSON.parse(await engine.read(["stack", "export"])) as {
    deployment: { resources: unknown[] };
  };
  return state.deployment.resources.length;
}
