import { messageOf } from "../host/errors";
import { UserError } from "../host/userError";
import { reasonOf } from "./cluster/apiErrors";
import { Cluster, type ClusterChoice } from "./cluster/cluster";
import { count } from "./count";
import { removeGenerators } from "./generator/leftovers";
import { checkFlags, type LoadFlags } from "./options";
import type { Names } from "./preflight/objects";
import { preflight, type Ready } from "./preflight/preflight";
import { uncountedWarning } from "./preflight/scaling";
import type { LoadRecord } from "./record";
import { Stage } from "./stage";

/** What is put under load, how, and where it is said. */
export interface LoadRun extends LoadFlags, Names, ClusterChoice {
  /** Where the Ingress serves the app, if that is known. */
  publicUrl?: string;
  /** PEM of the CA that signed the app's certificate. @default one that every client knows */
  caBundle?: string;
  /** Whether any certificate will do. */
  insecure: boolean;
  say: (line: string) => void;
  /** Ends the load; its reason is thrown once no generator is left. */
  signal?: AbortSignal;
}

/**
 * Puts load on the app, watches the autoscaler answer, and judges what was seen. Whatever happens,
 * no generator is left when this ends, or it is said what becomes of it.
 *
 * @throws UserError where no load could be made, or it was cut off.
 */
export async function runLoad(run: LoadRun): Promise<LoadRecord> {
  checkFlags(run);
  const cluster = Cluster.of(run);
  const ready = await plainly(cluster, () => preflight(cluster, run, run));
  const { namespace } = ready.target;
  run.say(introduction(cluster, ready, run));
  const leftovers = await removeGenerators(cluster, namespace);
  if (leftovers > 0) run.say(`Removed ${count(leftovers, "generator")} of an earlier run.`);

  let failure: Error | undefined;
  const stage = await plainly(cluster, () => Stage.open(cluster, ready, run));
  try {
    await stage.lead();
    await stage.load();
    if (run.scaleIn) await stage.comeBack();
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  await stage.close();
  try {
    await removeGenerators(cluster, namespace);
  } catch (error) {
    // Where the cluster has gone, both are to be known.
    failure = new UserError([failure, error].filter(Boolean).map(messageOf).join("\n"));
  }
  if (failure !== undefined) throw failure;
  return stage.record();
}

/** Does work that asks the cluster. Where it does not answer as it should, that is said plainly. */
async function plainly<T>(cluster: Cluster, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError || error instanceof TypeError) throw error;
    throw new UserError(
      `The cluster at ${cluster.server} does not answer as it should: ${reasonOf(error)}. See that it runs, then run the command again.`,
    );
  }
}

function introduction(cluster: Cluster, { target, autoscaler }: Ready, run: LoadRun): string {
  const { namespace, service, minReplicas, maxReplicas, url } = target;
  const rate = run.rate > 0 ? `${String(run.rate)} requests/s` : "as many requests as get through";
  const now = count(autoscaler.status?.currentReplicas ?? minReplicas, "pod");
  const what = run.generator === "fortio" ? rate : count(run.connections, "loop") + " of wget";
  const warning = uncountedWarning(autoscaler, run.through);
  return [
    "",
    `Load on the service ${service} in namespace ${namespace} of the cluster at ${cluster.server}:`,
    `  ${what} for ${String(run.seconds)} s to ${url}`,
    `  the autoscaler ${target.autoscaler} has ${now} now, and may have ${String(minReplicas)} to ${String(maxReplicas)}`,
    ...(warning === undefined ? [] : [warning]),
  ].join("\n");
}
