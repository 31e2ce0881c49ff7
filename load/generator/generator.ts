import { randomBytes } from "node:crypto";

import type { V1Pod } from "@kubernetes/client-node";

import { UserError } from "../../host/userError";
import { reasonOf } from "../cluster/apiErrors";
import type { Cluster } from "../cluster/cluster";
import { followLog } from "./followLog";
import { FortioLog } from "./fortioLog";
import { generatorJob, type GeneratorArgs } from "./jobs";
import { podTrouble } from "./podTrouble";
import { Tally, type End } from "./tally";

/** Seconds within which Kubernetes must have made the pod of a Job. */
const POD_SECONDS = 15;
/** What fortio says before it gives up. */
const ABORTING = "Aborting because of ";

/** One generator: a Job with one pod, whose log tells what becomes of the requests. */
export class Generator {
  readonly tally = new Tally();
  /** Whether its load is over. */
  hasEnded = false;
  #startedAt: number | undefined;
  #pod: string | undefined;
  #podHasEnded = false;
  #isSilent = false;
  #aborted: string | undefined;
  readonly #follow = new AbortController();

  private constructor(
    private readonly cluster: Cluster,
    private readonly namespace: string,
    readonly name: string,
    private readonly args: GeneratorArgs,
    private readonly createdAt: number,
  ) {}

  /** @throws UserError where the API server does not take the Job. */
  static async start(
    cluster: Cluster,
    namespace: string,
    role: "load" | "trickle",
    args: GeneratorArgs,
  ): Promise<Generator> {
    const name = `${role}-${randomBytes(3).toString("hex")}`;
    try {
      await cluster.batch.createNamespacedJob({ namespace, body: generatorJob(name, args) });
    } catch (error) {
      throw new UserError(`The generator ${name} cannot be made: ${reasonOf(error)}.`);
    }
    return new Generator(cluster, namespace, name, args, Date.now());
  }

  /** When its first request was made, in milliseconds since 1970; undefined before. */
  get startedAt(): number | undefined {
    return this.#startedAt;
  }

  /** Its requests, by the clock of this machine. */
  get ends(): End[] {
    // Nothing but the first request ties the two clocks together.
    const ahead = (this.#startedAt ?? 0) - (this.tally.firstStartedAt ?? 0);
    return this.tally.ends.map((end) => ({ ...end, time: end.time + ahead }));
  }

  /**
   * Takes a look at its pod.
   *
   * @param pods all pods of generators.
   * @throws UserError where it cannot do its work any more.
   */
  look(pods: readonly V1Pod[], time: number): void {
    if (this.hasEnded) return;
    const pod = pods.find(({ metadata }) => metadata?.labels?.["job-name"] === this.name);
    if (pod === undefined) {
      this.lookWithoutPod(time);
      return;
    }
    const { phase } = pod.status ?? {};
    this.#podHasEnded = phase === "Succeeded" || phase === "Failed";
    this.follow(pod.metadata?.name ?? "");
    // What it has said last tells more than how its pod ended.
    if (phase === "Failed" && !this.#isSilent && this.args.kind === "fortio") return;
    if (this.#aborted !== undefined) throw new UserError(this.whyAborted(this.#aborted));
    const trouble = podTrouble(pod, time);
    if (trouble !== undefined) throw new UserError(trouble);
    if (this.args.kind === "wget") {
      if (phase === "Running" || phase === "Succeeded") this.#startedAt ??= time;
      this.hasEnded = phase === "Succeeded";
    } else if (phase === "Succeeded" && this.#isSilent) {
      this.hasEnded = true;
    }
  }

  /** Stops listening. The Job is removed with all others. */
  stop(): void {
    this.#follow.abort();
  }

  private lookWithoutPod(time: number): void {
    if (this.#pod !== undefined) {
      throw new UserError(
        `The generator ${this.name} was deleted before its load was over. See who deletes pods or Jobs in namespace ${this.namespace}, and run the command again.`,
      );
    }
    if (time - this.createdAt > POD_SECONDS * 1000) {
      throw new UserError(
        `Kubernetes makes no pod for the generator ${this.name}. See why: kubectl describe job ${this.name} -n ${this.namespace}`,
      );
    }
  }

  private follow(pod: string): void {
    if (this.#pod !== undefined) return;
    this.#pod = pod;
    if (this.args.kind === "wget") return;
    let log = new FortioLog();
    const reader = {
      line: (text: string) => this.take(log, text),
      again: () => {
        log = new FortioLog();
        this.tally.readAgain();
      },
      hasEnded: () => this.#podHasEnded,
    };
    const where = { namespace: this.namespace, name: pod };
    void followLog(this.cluster, where, reader, this.#follow.signal).then(() => {
      this.#isSilent = true;
    });
  }

  /** @returns whether nothing comes after this line. */
  private take(log: FortioLog, text: string): boolean {
    const entry = log.read(text);
    if (entry === undefined) return false;
    this.tally.add(entry);
    if (entry.kind === "request") this.#startedAt ??= plausible(entry.startedAt);
    if (entry.kind === "remark" && entry.text.startsWith(ABORTING)) {
      this.#aborted = entry.text.slice(ABORTING.length);
    }
    if (entry.kind === "result") this.hasEnded = true;
    return this.hasEnded;
  }

  /** fortio asks once on each connection first, and gives up where one is not answered well. */
  private whyAborted(said: string): string {
    const status = /^error (-?\d+) for/.exec(said)?.[1];
    const [reason = "no answer"] = this.tally.reasons;
    const how = status === "-1" ? reason : status === undefined ? said : `status ${status}`;
    return `${this.args.url} does not answer as it should (${how}), so that no load was put on it. See the pods behind it and their logs, or ask for another --path.`;
  }
}

/** The node's time where its clock goes right, else now: at most a moment after. */
function plausible(time: number): number {
  const now = Date.now();
  return time <= now && now - time < 5000 ? time : now;
}
