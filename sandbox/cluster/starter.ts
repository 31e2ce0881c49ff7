import type { ApiClient } from "./apiClient";
import type { Component } from "./component";
import type { Layout } from "./layout";
import { startProcess, type Launch } from "./processes";
import { untilReady } from "./readiness";
import { writeState, type ClusterState, type ProcessRecord } from "./state";

/** Seconds after the start of the cluster at which something was ready. */
export type Timings = Record<string, number>;

/** Starts a cluster's processes, records each before anything else is done, and takes the times. */
export class Starter {
  readonly timings: Timings = {};
  private readonly begun = performance.now();

  constructor(
    private readonly options: {
      state: ClusterState;
      layout: Layout;
      say: (line: string) => void;
      signal?: AbortSignal;
    },
  ) {}

  get signal(): AbortSignal | undefined {
    return this.options.signal;
  }

  /** Keeps the state as it is now. */
  save(): void {
    writeState(this.options.layout, this.options.state);
  }

  record(process: ProcessRecord): void {
    this.options.state.processes.push(process);
    this.save();
  }

  /** Starts a process and waits until it is ready. */
  async start(component: Component, launch: Omit<Launch, "logs">, api: ApiClient): Promise<void> {
    this.signal?.throwIfAborted();
    const started = await startProcess(component, { ...launch, logs: this.options.layout.logs });
    this.record(started.record);
    await untilReady(started, component.ready, api, this.signal);
    this.note(component.name);
  }

  /** Takes the time at which something was ready, and says it. */
  note(what: string): void {
    const seconds = Math.round((performance.now() - this.begun) / 10) / 100;
    this.timings[what] = seconds;
    this.options.say(`${seconds.toFixed(1).padStart(6)} s  ${what}`);
  }
}
