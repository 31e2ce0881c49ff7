import { median, sum } from "simple-statistics";

import { stopCluster } from "../cluster/stopCluster";
import { sandboxPlace } from "../stack/place";
import { prepareStack } from "../stack/upStack";
import type { BenchOptions } from "./bench";
import { memoryOf, memoryRow } from "./memory";
import type { Row } from "./row";

const NAME = "bench-start";

/** From nothing to a ready httpbin, with warm caches; and the memory of all that runs then. */
export async function startRows({ turns, install, signal, say }: BenchOptions): Promise<Row[]> {
  const seconds = { controlPlane: [] as number[], httpbin: [] as number[] };
  let memory: Row[] = [];
  try {
    for (let turn = 0; turn <= turns; turn++) {
      await stopCluster({ name: NAME });
      say(`  turn ${String(turn)} of ${String(turns)}`);
      const { controlPlane, httpbin } = await fromNothing({ install, signal });
      // In the first one caches fill.
      if (turn === 0) continue;
      seconds.controlPlane.push(controlPlane);
      seconds.httpbin.push(httpbin);
      memory = await memoryRows();
    }
  } finally {
    await stopCluster({ name: NAME });
  }
  return [
    {
      name: "control plane ready",
      unit: "s",
      value: median(seconds.controlPlane),
      against: "nothing running",
      aim: 5,
      runs: { seconds: seconds.controlPlane },
    },
    {
      name: "httpbin Ready",
      unit: "s",
      value: median(seconds.httpbin),
      against: "nothing running",
      aim: 20,
      runs: { seconds: seconds.httpbin },
    },
    ...memory,
  ];
}

async function fromNothing({
  install,
  signal,
}: Pick<BenchOptions, "install" | "signal">): Promise<{ controlPlane: number; httpbin: number }> {
  const begun = performance.now();
  const lap = (): number => (performance.now() - begun) / 1000;
  let controlPlane = Number.NaN;
  const say = (line: string): void => {
    if (line.endsWith(" kube-apiserver")) controlPlane = lap();
  };
  const place = await sandboxPlace({ name: NAME, tier: "auto", edge: false, install, signal, say });
  await prepareStack(place, { stack: "home", say, signal });
  // The engine waits for the Deployment until its pod is Ready.
  await place.engine.read(["up", "--yes", "--skip-preview", "--stack", "home"]);
  return { controlPlane, httpbin: lap() };
}

/** Of each process of the cluster. */
async function memoryRows(): Promise<Row[]> {
  const memory = await memoryOf(NAME);
  const when = { when: "httpbin Ready, no load" };
  return [
    ...[...memory].map(([process, value]) => memoryRow(process, value, when)),
    memoryRow("all of the cluster", sum([...memory.values()]), when),
  ];
}
