import { readFile } from "node:fs/promises";

import { UserError } from "../../host/userError";
import { LOAD_DEFAULTS, type LoadFlags } from "../../load/options";
import type { LoadRun } from "../../load/runLoad";
import { outputsOf } from "./app";
import { putGeneratorImage } from "./generatorImage";
import type { Place } from "./place";

/** Why there is no load in tier `cluster`. */
export const NO_LOAD =
  "No load: the nodes are simulated, so that no pod really runs, and nothing would answer. It needs tier node (Linux, root).";

/** Why there is none through the Ingress where Traefik is simulated. */
const NO_INGRESS =
  "Nobody serves the Ingress here: Traefik is simulated. Leave out --through ingress, or start a cluster with an edge: npm run sandbox -- down, then npm start";

export interface PlaceLoad extends LoadFlags {
  /** Name of the sandbox's cluster. */
  name: string;
  /** Context of a cluster of the user's own, which takes the sandbox's place. */
  context?: string;
  stack: string;
  signal: AbortSignal;
  say: (line: string) => void;
}

/** The way that requests take where none is asked for: with KEDA, the one on which they are counted. */
export function usualWay({ monitored }: Pick<Place, "monitored">): LoadFlags["through"] {
  return monitored === undefined ? LOAD_DEFAULTS.through : "ingress";
}

/**
 * Puts load on the app of a stack, and says the verdict.
 *
 * @throws UserError where no pods run.
 */
export async function loadPlace(place: Place, load: PlaceLoad): Promise<void> {
  const run = await loadRun(place, load);
  // The client library takes half a second to load, which only this command shall cost.
  const { loadAndReport } = await import("../../load/loadAndReport.js");
  await loadAndReport(run);
}

/**
 * What a load on the app of a stack is run with. Gets the generator's image on the sandbox's own node.
 *
 * @throws UserError where no pods run, or nobody serves the Ingress that is to be gone through.
 */
export async function loadRun(place: Place, load: PlaceLoad): Promise<LoadRun> {
  if (!place.podsRun) throw new UserError(NO_LOAD);
  const { engine, target } = place;
  const ofOwn = load.context !== undefined;
  if (load.through === "ingress" && !ofOwn && target.edge === undefined) {
    throw new UserError(NO_INGRESS);
  }
  const { namespace, serviceName, autoscalerName } = await outputsOf(engine, load.stack);
  // Only the sandbox's own node has images that were built here.
  const image = ofOwn
    ? load.image
    : (load.image ?? (await putGeneratorImage(load.name, load.generator, load.say)));
  return {
    ...load,
    namespace,
    service: serviceName,
    autoscaler: autoscalerName,
    ...(image !== undefined && { image }),
    kubeconfig: target.kubeconfigPath,
    ...(target.edge && { caBundle: await readFile(target.edge.rootPath, "utf8") }),
    insecure: false,
  };
}
