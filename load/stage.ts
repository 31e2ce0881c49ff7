import { UserError } from "../host/userError";
import type { Cluster } from "./cluster/cluster";
import { count } from "./count";
import { Generator } from "./generator/generator";
import { GENERATOR_IMAGES } from "./generator/jobs";
import { requestsOf } from "./generator/tally";
import { TrafficMeter } from "./generator/traffic";
import { Journal } from "./journal";
import type { Ready } from "./preflight/preflight";
import type { LoadRecord } from "./record";
import type { LoadRun } from "./runLoad";
import { scaleInTime } from "./scaleIn";
import { judge, type Expectations } from "./verdict";
import { viewFor, type View } from "./view/view";
import type { Look } from "./watch/look";
import { isEnding } from "./watch/sample";
import { Watcher } from "./watch/watcher";

/** Times that the autoscaler may ask for more pods before all are there. */
const DECISIONS = 2;
/** Seconds over and above what the autoscaler's own rules allow for coming back. */
const BACK_SLACK = 30;
/** Seconds until a generator's first request: its image may have to be pulled. */
const GENERATOR_SECONDS = 240;
/** Seconds that a generator may take longer than it was told to. */
const END_SLACK = 60;
/** Connections of the trickle; its requests come one after the other on each. */
const TRICKLE_CONNECTIONS = 2;

/** Everything that is there while a load runs. */
export class Stage {
  readonly #generators: Generator[] = [];
  readonly #journal: Journal;
  readonly #meter = new TrafficMeter();
  #phase = "before the load";
  #isQuiet = false;
  #watcher!: Watcher;
  #back: Expectations["back"] = { unchecked: "The way back was not looked at (--no-scale-in)." };

  private constructor(
    private readonly cluster: Cluster,
    private readonly ready: Ready,
    private readonly run: LoadRun,
    private readonly view: View,
  ) {
    this.#journal = new Journal(ready.scene.scaledObject?.metricNames);
  }

  static async open(cluster: Cluster, ready: Ready, run: LoadRun): Promise<Stage> {
    const { namespace, service } = ready.target;
    const view = await viewFor(`Load on ${namespace}/${service}: ${ready.target.url}`, run.say);
    const stage = new Stage(cluster, ready, run, view);
    const onLook = (look: Look): void => {
      stage.onLook(look);
    };
    stage.#watcher = await Watcher.start(cluster, ready.scene, onLook, run.signal);
    return stage;
  }

  /** The quiet before the load, in which a few requests show that the app answers. */
  async lead(): Promise<void> {
    const { trickle, lead, generator } = this.run;
    if (trickle > 0 && generator === "fortio") {
      await this.start("trickle", {
        connections: Math.min(trickle, TRICKLE_CONNECTIONS),
        requestsPerSecond: trickle,
        // Until the pods have gone, at the latest; it is ended as soon as they have.
        seconds: this.longestSeconds(),
        catchUp: true,
      });
    }
    await this.#watcher.until(() => false, lead);
  }

  /** The load, from its first request to its last. */
  async load(): Promise<void> {
    const { connections, rate, seconds } = this.run;
    const load = await this.start("load", {
      connections,
      ...(rate > 0 && { requestsPerSecond: rate }),
      seconds,
      catchUp: false,
    });
    const began = load.startedAt ?? Date.now();
    const rateText = rate > 0 ? `${String(rate)} requests/s` : "as many requests as get through";
    this.#journal.begin(began, `load begins: ${rateText}, ${count(connections, "connection")}`);
    this.#phase = `load for ${String(seconds)} s`;
    if (!(await this.#watcher.until(() => load.hasEnded, seconds + END_SLACK))) {
      throw new UserError(
        `The generator ${load.name} has not ended ${String(END_SLACK)} s after its time. See its log: kubectl logs -n ${this.ready.target.namespace} job/${load.name}`,
      );
    }
    this.#journal.note({ kind: "load-ends", text: "load ends" }, Date.now());
  }

  /** The way back to the minimum, at most as long as the autoscaler's own rules allow. */
  async comeBack(): Promise<void> {
    const { autoscaler } = this.#watcher.latest;
    const { minReplicas } = this.ready.target;
    const time = scaleInTime(autoscaler, autoscaler.status?.desiredReplicas ?? minReplicas);
    if ("never" in time) {
      this.#back = { unchecked: `The autoscaler does not come back: ${time.never}.` };
      return;
    }
    this.#back = time.seconds + BACK_SLACK;
    const least = count(minReplicas, "pod");
    this.#isQuiet = true;
    this.#phase = `no load; ${least} at the latest after ${String(this.#back)} s`;
    const isBack = ({ pods, autoscaler: { status } }: Look): boolean =>
      status?.desiredReplicas === minReplicas &&
      pods.filter((pod) => !isEnding(pod)).length === minReplicas;
    if (!(await this.#watcher.until(isBack, this.#back))) return;
    // The last that leave still have requests to answer.
    this.#phase = "back; the last pods end";
    await this.#watcher.until(({ pods }) => !pods.some(isEnding), this.longestGrace());
  }

  /** Looks and listens no more. The generators are still there. */
  async close(): Promise<void> {
    await this.#watcher.stop();
    this.view.end();
    for (const generator of this.#generators) generator.stop();
  }

  /** What was seen, and the verdict. */
  record(): LoadRecord {
    const { connections, rate, seconds, within, generator } = this.run;
    const counts = generator === "fortio";
    for (const { name, tally } of this.#generators) {
      if (tally.missing === 0) continue;
      const text = `the log of ${name} told of ${String(tally.requests)} requests, ${String(tally.missing)} less than there were`;
      this.#journal.note({ kind: "warning", text }, Date.now());
    }
    const seen = {
      version: 1 as const,
      target: this.ready.target,
      load: { connections, ...(counts && rate > 0 && { requestsPerSecond: rate }), seconds },
      ...this.#journal.entries(this.#generators.flatMap((generator) => generator.ends)),
      requests: requestsOf(this.#generators.map(({ tally }) => tally)),
    };
    const expected = { within, decisions: DECISIONS, back: this.#back, counts };
    return { ...seen, verdict: judge(seen, expected) };
  }

  private async start(
    role: "load" | "trickle",
    args: { connections: number; requestsPerSecond?: number; seconds: number; catchUp: boolean },
  ): Promise<Generator> {
    const { generator: kind, insecure, caBundle, image = GENERATOR_IMAGES[kind] } = this.run;
    const { namespace, url } = this.ready.target;
    const job = { ...args, kind, image, url, insecure, ...(caBundle && { caBundle }) };
    const generator = await Generator.start(this.cluster, namespace, role, job);
    this.#generators.push(generator);
    const begun = (): boolean => generator.startedAt !== undefined;
    if (await this.#watcher.until(begun, GENERATOR_SECONDS)) return generator;
    throw new UserError(
      `The generator ${generator.name} has made no request in ${String(GENERATOR_SECONDS)} s. See: kubectl describe job ${generator.name} -n ${namespace}`,
    );
  }

  private onLook(look: Look): void {
    for (const generator of this.#generators) generator.look(look.generators, look.time);
    const tallies = this.#generators.map(({ tally }) => tally);
    const seen = this.#journal.add(look, this.#meter.read(look.time, tallies));
    const at = this.#journal.at(look.time);
    this.view.show({ phase: this.#phase, isQuiet: this.#isQuiet, at, ...seen });
  }

  /** Seconds that all of it may take. */
  private longestSeconds(): number {
    const { lead, seconds } = this.run;
    const time = scaleInTime(this.ready.autoscaler, this.ready.target.maxReplicas);
    const back = "never" in time ? 0 : time.seconds + BACK_SLACK + this.longestGrace();
    return lead + GENERATOR_SECONDS + seconds + END_SLACK + back;
  }

  /** Seconds that a pod may take to end. */
  private longestGrace(): number {
    const { pods } = this.#watcher.latest;
    return Math.max(30, ...pods.map(({ spec }) => spec?.terminationGracePeriodSeconds ?? 0)) + 10;
  }
}
