import { Resolver } from "node:dns/promises";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

import { UserError } from "../../host/userError";
import type { ApiClient } from "./apiClient";
import type { Probe } from "./component";
import { explainEnd } from "./logs";
import type { Started } from "./processes";

const POLL_MS = 50;
const TIMEOUT_MS = 90_000;

/** Whether a probe succeeds now. */
export async function isReady(probe: Probe, client: ApiClient): Promise<boolean> {
  try {
    if ("socket" in probe) return await takesConnections(probe.socket);
    if ("lookup" in probe) return await answers(probe.server, probe.lookup);
    if (probe.url.startsWith("https:")) return (await client.get(probe.url)).status === 200;
    const answer = await fetch(probe.url, { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Waits until something holds, asked again and again. @throws UserError when it takes too long. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  signal?: AbortSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    signal?.throwIfAborted();
    if (Date.now() > deadline) {
      throw new UserError(`${what}: not within ${String(timeoutMs / 1000)} seconds.`);
    }
    await sleep(POLL_MS, undefined, { signal });
  }
}

/**
 * Waits until a process that was started is ready.
 *
 * @throws UserError with the cause and the log's path, where it ends instead or takes too long.
 */
export async function untilReady(
  started: Started,
  probe: Probe,
  client: ApiClient,
  signal?: AbortSignal,
): Promise<void> {
  await untilItDoes(started, () => isReady(probe, client), signal);
}

/** The same, where what is waited for is no probe. */
export async function untilItDoes(
  started: Started,
  holds: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<void> {
  const { name, log } = started.record;
  const over = new AbortController();
  const bounds = signal === undefined ? over.signal : AbortSignal.any([over.signal, signal]);
  const ready = until(`${name} is ready (${log})`, holds, bounds);
  // Rejects with the abort after the race is lost: nobody waits for it then.
  ready.catch(() => undefined);
  try {
    const end = await Promise.race([ready, started.ended]);
    if (typeof end === "string") throw new UserError(explainEnd(name, end, log));
  } finally {
    over.abort();
  }
}

/** Whether a DNS server knows an address of a name. */
async function answers(server: string, name: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([server]);
  return (await resolver.resolve4(name)).length > 0;
}

/** Whether somebody listens at a Unix socket. */
export async function takesConnections(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    const done = (taken: boolean) => (): void => {
      socket.destroy();
      resolve(taken);
    };
    socket.once("connect", done(true));
    socket.once("error", done(false));
  });
}
