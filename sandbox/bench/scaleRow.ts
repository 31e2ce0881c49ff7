import { median } from "simple-statistics";

import { LOAD_DEFAULTS } from "../../load/options";
import type { LoadRecord } from "../../load/record";
import { UserError } from "../../host/userError";
import { stopCluster } from "../cluster/stopCluster";
import { autoscalerReading, outputsOf } from "../stack/app";
import { putGeneratorImage } from "../stack/generatorImage";
import { NO_LOAD } from "../stack/loadPlace";
import { sandboxPlace } from "../stack/place";
import { prepareStack } from "../stack/upStack";
import type { BenchOptions } from "./bench";
import type { Row } from "./row";

const NAME = "bench-scale";
const STACK = "home";

/**
 * How soon a step of load has all pods ready. Each turn has a cluster of its own: on one, the pods of
 * the turn before would have to go first, which takes minutes.
 */
export async function scaleRow(options: BenchOptions): Promise<Row> {
  const { turns, say } = options;
  const seconds: number[] = [];
  for (let turn = 1; turn <= turns; turn++) {
    say(`  turn ${String(turn)} of ${String(turns)}`);
    try {
      seconds.push(untilReady(await loadFromNothing(options)));
    } finally {
      await stopCluster({ name: NAME });
    }
  }
  return {
    name: "1 to 4 pods Ready under a step of load",
    unit: "s",
    value: median(seconds),
    against: "the first request of the load",
    aim: 45,
    runs: { seconds },
  };
}

async function loadFromNothing({ install, signal }: BenchOptions): Promise<LoadRecord> {
  const say = (): void => undefined;
  await stopCluster({ name: NAME });
  const place = await sandboxPlace({ name: NAME, tier: "auto", edge: false, install, signal, say });
  if (!place.podsRun) throw new UserError(NO_LOAD);
  await prepareStack(place, { stack: STACK, signal, say });
  await place.engine.read(["up", "--yes", "--skip-preview", "--stack", STACK]);
  const outputs = await outputsOf(place.engine, STACK);
  const { namespace, serviceName, autoscalerName } = outputs;
  // As with `npm start`: load begins when the autoscaler reads the pods.
  await autoscalerReading(place.engine, outputs, signal);
  const { runLoad } = await import("../../load/runLoad.js");
  return runLoad({
    ...LOAD_DEFAULTS,
    seconds: LOAD_DEFAULTS.within,
    scaleIn: false,
    image: await putGeneratorImage(NAME, LOAD_DEFAULTS.generator, say),
    kubeconfig: place.target.kubeconfigPath,
    namespace,
    service: serviceName,
    autoscaler: autoscalerName,
    insecure: false,
    signal,
    say,
  });
}

/** Seconds from the load's beginning. */
function untilReady({ samples, target, load }: LoadRecord): number {
  const reached = samples.find(({ at, pods }) => at >= 0 && pods.ready >= target.maxReplicas);
  if (reached !== undefined) return reached.at;
  const { maxReplicas } = target;
  throw new UserError(
    `The autoscaler did not get to ${String(maxReplicas)} ready pods in ${String(load.seconds)} s of load. See why: npm start`,
  );
}
