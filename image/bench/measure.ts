import { join } from "node:path";

import type { Container } from "../container";

/** Paths and numbers of connections that each server is measured with. */
export const PATHS = ["/uuid", "/get", "/bytes/1024", "/delay/1"] as const;
export const CONNECTIONS = [1, 16, 64] as const;

/** What one load told. */
export interface Measurement {
  /** Rounds are told apart by number: within one, all servers had the same load in turns. */
  round: number;
  path: string;
  connections: number;
  requestsPerSecond: number;
  /** Requests in each second of processor time, which other work on the machine sways less. */
  requestsPerCore: number;
  /** Milliseconds within which 99 of 100 answers came. */
  p99: number;
  /** Requests that failed, or were answered with an error. */
  failed: number;
}

/** What one start of one server told. */
export interface Run {
  candidate: string;
  /** Seconds from the start of the container to the first 200. */
  start: number;
  /** Bytes before the first load, and after the last. */
  idleMemory: number;
  loadedMemory: number;
  measurements: Measurement[];
}

/** A server that is ready for load. */
export interface Ready {
  candidate: string;
  container: Container;
  /** Seconds from the start of the container to the first 200. */
  start: number;
}

interface WrkReport {
  requests: number;
  failed: number;
  seconds: number;
  p99: number;
}

/**
 * Puts each load on all servers in turns, for some seconds each. So the figures that are compared
 * come from within seconds of each other, and what else the machine does falls on all of them alike.
 */
export async function measure(
  servers: readonly Ready[],
  round: number,
  seconds: number,
): Promise<Run[]> {
  const runs: (Run & Ready)[] = [];
  for (const server of servers) {
    const { workingSet } = await server.container.usage();
    runs.push({ ...server, idleMemory: workingSet, loadedMemory: workingSet, measurements: [] });
  }
  // What is done once, with the first requests, is no part of what a request costs.
  for (const { container } of servers) await load(container, "/get", 16, 1);
  for (const path of PATHS) {
    for (const connections of CONNECTIONS) {
      // Too few answers of a second each would come in a short while.
      const duration = path.startsWith("/delay") ? Math.max(seconds, 4) : seconds;
      for (const { container, measurements } of runs) {
        const measured = await load(container, path, connections, duration);
        measurements.push({ round, path, connections, ...measured });
      }
    }
  }
  return Promise.all(
    runs.map(async ({ container, ...run }) => {
      const { workingSet } = await container.usage();
      return { ...run, loadedMemory: workingSet };
    }),
  );
}

async function load(
  container: Container,
  path: string,
  connections: number,
  seconds: number,
): Promise<Omit<Measurement, "round" | "path" | "connections">> {
  const before = await container.usage();
  // On the other processor, and like the server before all other work: see `arrange`.
  const printed = await container.inNetwork("nice", [
    ...["--adjustment=-20", "taskset", "--cpu-list", "1"],
    ...["wrk", "--threads", "1", "--connections", String(connections)],
    ...["--duration", `${String(seconds)}s`, "--timeout", "10s"],
    ...["--script", join(__dirname, "report.lua"), `http://127.0.0.1:8080${path}`],
  ]);
  const after = await container.usage();
  const report = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as WrkReport;
  return {
    requestsPerSecond: report.requests / report.seconds,
    requestsPerCore: report.requests / (after.cpu - before.cpu),
    p99: report.p99 / 1000,
    failed: report.failed,
  };
}
