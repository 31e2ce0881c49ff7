import { writeFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

import { UserError } from "../../../host/userError";
import { ApiClient } from "../apiClient";
import { clusterLayout, readState } from "../state";
import { serverUrl } from "../topology";
import { prometheusUrl } from "./places";
import { prometheusFiles } from "./prometheus";
import type { PodMonitor, PrometheusRule, Told } from "./told";

const POLL_MS = 1000;

/** Tells Prometheus what the cluster has, if that is not what it was told last. */
type Teller = () => Promise<void>;

/**
 * In the Prometheus Operator's place: tells Prometheus what PodMonitors and PrometheusRules are in a
 * cluster, as long as some work goes on, and once more at its end. So what a stack makes is known
 * while it still waits for other things.
 *
 * @param name Of a cluster with monitoring.
 */
export async function whileToldTo(name: string, work: () => Promise<void>): Promise<void> {
  const tell = await teller(name);
  const over = new AbortController();
  const telling = (async () => {
    while (!over.signal.aborted) {
      // While the kinds' objects come and go, an answer may fail: the last one counts.
      await tell().catch(() => undefined);
      await sleep(POLL_MS, undefined, { signal: over.signal }).catch(() => undefined);
    }
  })();
  try {
    await work();
  } finally {
    over.abort();
    await telling;
  }
  await tell();
}

async function teller(name: string): Promise<Teller> {
  const layout = clusterLayout(name);
  const state = await readState(layout);
  if (state === undefined) throw new UserError(`There is no cluster "${name}".`);
  const setting = { layout, topology: state.topology };
  const api = await ApiClient.of(layout, serverUrl(setting.topology));
  let before: string | undefined;
  return async () => {
    const files = prometheusFiles(setting, await toldBy(api));
    const now = JSON.stringify(files);
    if (now === before) return;
    await Promise.all(files.map(({ path, text }) => writeFile(path, text)));
    await reload(`${prometheusUrl(setting.topology)}/-/reload`);
    before = now;
  };
}

async function toldBy(api: ApiClient): Promise<Told> {
  const [podMonitors, rules] = await Promise.all([
    listOf<PodMonitor>(api, "podmonitors"),
    listOf<PrometheusRule>(api, "prometheusrules"),
  ]);
  return { podMonitors, rules };
}

async function listOf<T>(api: ApiClient, kind: string): Promise<T[]> {
  const path = `/apis/monitoring.coreos.com/v1/${kind}`;
  const list = await api.object<{ items: T[] }>(path);
  if (list === undefined) throw new UserError(`The API server does not answer ${path}.`);
  return list.items;
}

/** @throws UserError with what Prometheus does not take. */
async function reload(url: string): Promise<void> {
  const answer = await fetch(url, { method: "POST", signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  if (!answer.ok) throw new UserError(`Prometheus does not take what it is told: ${text.trim()}`);
}
