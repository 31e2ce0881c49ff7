import { messageOf } from "../../../host/errors";
import type { FleetInstance, GroupWish } from "./fleetClient";
import { plan, type SeenInstance } from "./plan";

/** What an instance runs on. */
export interface InstanceMachine {
  /** Whether it still runs. */
  isAlive: () => Promise<boolean>;
  /** Runs what an instance runs that is taken out for good. */
  shutDown: () => Promise<void>;
  /** Ends it, however it is, and removes all that was made for it. */
  remove: () => Promise<void>;
}

/** Starts the machine of a new instance. Where it rejects, it says so if anything is left of it. */
export type LaunchMachine = (id: string, wish: GroupWish) => Promise<InstanceMachine>;

/** What a group is made with. */
export interface GroupWorld {
  launch: LaunchMachine;
  /** Id of a new instance. */
  newId: () => string;
  /** Milliseconds of a clock that only goes on. */
  now: () => number;
  /** Notes what happened, in one line. */
  log: (line: string) => void;
}

/** Milliseconds until something is tried again that has failed. */
const RETRY_MS = 5000;

interface Instance extends FleetInstance {
  machine: Promise<InstanceMachine>;
  /** Set once the machine runs. */
  running?: InstanceMachine;
  /** When it is given up unless it is in service by then. */
  deadline: number;
  /** Resolves once nothing of it is left; undefined until it is to go, and where that has failed. */
  gone?: Promise<void>;
  /** When its removal is tried again. */
  retryAt: number;
}

/** Keeps a number of instances running, as an auto scaling group of AWS does. */
export class AutoScalingGroup {
  /** Why the last launch failed; undefined where it did not. */
  launchProblem: string | undefined;
  #wish: GroupWish;
  #instances: Instance[] = [];
  /** No instance is launched before. */
  #launchAt = 0;
  #isClosing = false;
  /** The step that was begun last: one begins when the one before has ended. */
  #lastStep = Promise.resolve();

  constructor(
    wish: GroupWish,
    private readonly world: GroupWorld,
  ) {
    this.#wish = wish;
  }

  /** In the order of their launch. */
  get instances(): FleetInstance[] {
    return this.#instances.map(({ id, state, version }) => ({ id, state, version }));
  }

  /** Whether all of it is to go. */
  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** What is wished for from now on. */
  change(wish: GroupWish): void {
    this.#wish = wish;
  }

  /** Does what is next to do, and returns before the instances have come or gone. */
  async step(): Promise<void> {
    const step = this.#lastStep.then(() => this.#doStep());
    // One that fails does not keep others from being done.
    this.#lastStep = step.catch(() => undefined);
    return step;
  }

  /**
   * Ends the wait of an instance at the lifecycle hook.
   *
   * @returns false where no such instance waits at a hook of that name.
   */
  complete(id: string, hook: string, result: "CONTINUE" | "ABANDON"): boolean {
    const instance = this.#find(id);
    if (instance?.state !== "Pending" || hook !== this.#wish.hook) return false;
    if (result === "CONTINUE") this.#enterService(instance);
    else this.#terminate(instance, "abandoned by itself", false);
    return true;
  }

  /** Has all instances go. @throws where one does not. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#wish = { ...this.#wish, size: 0 };
    for (const one of this.#instances) one.retryAt = 0;
    await this.step();
    await Promise.all(this.#instances.flatMap(({ gone }) => (gone === undefined ? [] : [gone])));
  }

  async #doStep(): Promise<void> {
    const dead = await this.#dead();
    const now = this.world.now();
    const seen = this.#instances.map((one): SeenInstance => ({
      ...one,
      isAlive: !dead.has(one),
      isLate: now >= one.deadline,
    }));
    const next = plan(this.#wish, seen);
    for (const { id, reason } of next.terminate) {
      const instance = this.#find(id);
      if (instance !== undefined) this.#terminate(instance, reason, reason === "dead");
    }
    for (const one of this.#instances) {
      const hasFailed = one.state === "Terminating" && one.gone === undefined;
      if (hasFailed && now >= one.retryAt) this.#terminate(one, "still there", true);
    }
    if (now >= this.#launchAt) for (let i = 0; i < next.launch; i++) this.#launch();
  }

  /** Instances whose machines have ended. Others can come, join and go while that is found out. */
  async #dead(): Promise<Set<Instance>> {
    const dead = new Set<Instance>();
    const look = async (one: Instance): Promise<void> => {
      if ((await one.running?.isAlive()) === false) dead.add(one);
    };
    await Promise.all(this.#instances.map(look));
    return dead;
  }

  #find(id: string): Instance | undefined {
    return this.#instances.find((one) => one.id === id);
  }

  #launch(): void {
    const wish = this.#wish;
    const id = this.world.newId();
    const { launch, now, log } = this.world;
    log(`${id} is launched for ${wish.name}, version ${wish.version}`);
    const instance: Instance = {
      ...{ id, state: "Pending", version: wish.version },
      machine: launch(id, wish),
      deadline: now() + wish.joinSeconds * 1000,
      retryAt: 0,
    };
    this.#instances.push(instance);
    instance.machine.then(
      (machine) => {
        instance.running = machine;
        this.launchProblem = undefined;
        if (wish.hook === undefined) this.#enterService(instance);
      },
      (error: unknown) => {
        this.launchProblem = messageOf(error);
        log(`${id} could not be launched: ${this.launchProblem}`);
        this.#launchAt = now() + RETRY_MS;
        this.#forget(instance);
      },
    );
  }

  #enterService(instance: Instance): void {
    if (instance.state !== "Pending") return;
    instance.state = "InService";
    this.world.log(`${instance.id} is in service`);
  }

  #terminate(instance: Instance, reason: string, isDead: boolean): void {
    const { log, now } = this.world;
    instance.state = "Terminating";
    log(`${instance.id} is terminated: ${reason}`);
    const work = async (): Promise<void> => {
      // One that could not be launched is gone.
      const machine = await instance.machine.catch(() => undefined);
      if (!isDead) {
        await machine?.shutDown().catch((error: unknown) => {
          log(`${instance.id} does not shut down in order: ${messageOf(error)}`);
        });
      }
      await machine?.remove();
    };
    instance.gone = work();
    instance.gone.then(
      () => {
        this.#forget(instance);
      },
      (error: unknown) => {
        log(`${instance.id} is not wholly removed: ${messageOf(error)}`);
        delete instance.gone;
        instance.retryAt = now() + RETRY_MS;
      },
    );
  }

  #forget(instance: Instance): void {
    if (!this.#instances.includes(instance)) return;
    this.#instances = this.#instances.filter((one) => one !== instance);
    this.world.log(`${instance.id} is gone`);
  }
}
