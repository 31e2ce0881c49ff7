import { median, sum } from "simple-statistics";

import { UserError } from "../../host/userError";
import type { BenchOptions } from "./bench";
import { loadsFromNothing } from "./loadsFromNothing";
import { memoryOf, memoryRow } from "./memory";
import type { Row } from "./row";
import { checkByRequestsAlone, secondsUntilReady } from "./scaleOut";

const NAME = "bench-requests";

/** The processes by which the app scales on requests. */
const MONITORING = ["keda-operator", "keda-metrics-apiserver", "prometheus"];

/** At a target of 10 requests a second for each pod these ask for 4, and cost little cpu. */
const LOAD = { through: "ingress", path: "/uuid", rate: 45, connections: 8, seconds: 60 } as const;

/** Command that puts a load on such a cluster, and shows what becomes of it. */
const AGAIN = "npm run sandbox -- up --monitoring";

/** What was seen of one load. */
export interface RequestsTurn {
  /** From the first request until all pods were ready. */
  seconds: number;
  /** Resident, in MiB, of each process of the monitoring once the load was over. */
  memory: ReadonlyMap<string, number>;
}

/** How soon requests alone have all pods ready, and the memory of what reads and counts them. */
export async function requestsRows(options: BenchOptions): Promise<Row[]> {
  const what = { name: NAME, place: { monitoring: true }, load: { ...LOAD, within: 45 } } as const;
  const turns = await loadsFromNothing(options, what, async (record): Promise<RequestsTurn> => {
    checkByRequestsAlone(record);
    return { seconds: secondsUntilReady(record, AGAIN), memory: await memoryOf(NAME) };
  });
  return rowsOf(turns);
}

/** @throws UserError where the memory of a process could not be read. */
export function rowsOf(turns: readonly RequestsTurn[]): Row[] {
  const seconds = turns.map((turn) => turn.seconds);
  const ofMemory = (what: string, processes: readonly string[]): Row => {
    const MiB = turns.map(({ memory }) => sum(processes.map((process) => read(memory, process))));
    return memoryRow(what, median(MiB), { when: "after the load of requests", runs: { MiB } });
  };
  return [
    {
      name: "1 to 4 pods Ready by requests per second alone",
      unit: "s",
      value: median(seconds),
      against: "the first request of the load",
      aim: 45,
      runs: { seconds },
    },
    ...MONITORING.map((process) => ofMemory(process, [process])),
    ofMemory("all of the monitoring", MONITORING),
  ];
}

function read(memory: ReadonlyMap<string, number>, process: string): number {
  const value = memory.get(process);
  if (value !== undefined && Number.isFinite(value)) return value;
  throw new UserError(
    `The memory of ${process} cannot be read, so that it has ended. See whether it does again: ${AGAIN}`,
  );
}
