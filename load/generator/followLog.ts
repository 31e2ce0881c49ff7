import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";

import type { Cluster } from "../cluster/cluster";
import { CONTAINER } from "./jobs";

/** After a stream has broken, in milliseconds. */
const PAUSE_MS = 500;
/** While a container has not started: what it says first shall not be heard late. */
const STARTING_PAUSE_MS = 100;
/** How often the log of a pod that has ended is asked for: the node may have removed it. */
const TRIES_AFTER_END = 5;

export interface LogReader {
  /** Takes a line; gives true where nothing of interest comes after it. */
  line(text: string): boolean;
  /** Called where the log is read from its beginning again, as its stream broke. */
  again(): void;
  /** Whether the pod has come to its end, so that its log grows no more. */
  hasEnded(): boolean;
}

/**
 * Reads a pod's log as it is written, and from its beginning again where the stream breaks, until
 * the reader has enough, or the pod has ended and its whole log is read.
 */
export async function followLog(
  cluster: Cluster,
  pod: { namespace: string; name: string },
  reader: LogReader,
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/v1/namespaces/${pod.namespace}/pods/${pod.name}/log?container=${CONTAINER}&follow=true`;
  let tries = 0;
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    if (!isFirst) reader.again();
    // Asked before: what was written until the end is read after it.
    const hadEnded = reader.hasEnded();
    const how = await readOnce(cluster, path, reader, signal);
    if (how === "enough") return;
    if (hadEnded && (how === "end" || ++tries >= TRIES_AFTER_END)) return;
    const pause = how === "starting" ? STARTING_PAUSE_MS : PAUSE_MS;
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

async function readOnce(
  cluster: Cluster,
  path: string,
  reader: LogReader,
  signal: AbortSignal,
): Promise<"enough" | "end" | "starting" | "broken"> {
  const end = new AbortController();
  const stop = (): void => {
    end.abort();
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    const response = await cluster.open(path, end.signal);
    if (response.statusCode === 400) return "starting";
    if (response.statusCode !== 200) return "broken";
    const lines = createInterface({ input: response, crlfDelay: Infinity });
    // What is cut off once enough is read fails where nobody listens any more.
    for (const stream of [lines, response]) stream.on("error", () => undefined);
    for await (const line of lines) {
      if (reader.line(line)) return "enough";
    }
    return response.complete ? "end" : "broken";
  } catch {
    // Whoever polls the cluster says what is wrong with it.
    return "broken";
  } finally {
    signal.removeEventListener("abort", stop);
    stop();
  }
}
