import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

import { vpcResolver } from "../../components/live/router/vpcResolver";
import { userData } from "../../components/live/router/userData";
import type { GroupWish } from "../../sandbox/tailnet/fleet/fleetClient";
import { Machine } from "../../sandbox/tailnet/machine";
import { VPC } from "../../sandbox/tailnet/places";
import type { Tailnet } from "../../sandbox/tailnet/startTailnet";
import { tailnetLayout } from "../../sandbox/tailnet/state";
import { ensureTools, type Toolchain } from "../../sandbox/toolchain/toolchain";
import { TOOLS } from "../../sandbox/toolchain/tools";
import { versions } from "../../versions";
import { hasGo } from "./goTools";
import { cannotRunContainers } from "./machine";
import { skip } from "./reporter";

/** Tag of the routers, and the policy file that approves their route. */
export const TAG = "tag:k8s-test-router";
export const POLICY = `{
  // Comments and trailing commas are allowed.
  "tagOwners": { "${TAG}": ["autogroup:admin"] },
  "autoApprovers": { "routes": { "${VPC.cidr}": ["${TAG}"] } },
}`;

/** Name of the parameter with the routers' key. */
export const PARAMETER = "/k8s-test/httpbin/tailnet-router";

/** What the routers' host names begin with; the instance's id follows. */
export const PREFIX = "httpbin-eu-central-1-router-";

/** The user data that the stack gives its routers. */
export const USER_DATA = userData({
  region: "eu-central-1",
  group: "httpbin-tailnet-router",
  hook: "joined-tailnet",
  parameter: PARAMETER,
  hostnamePrefix: PREFIX,
  tag: TAG,
  route: VPC.cidr,
  tailscaleVersion: versions.tailscale,
});

/** The stack's group of routers. */
export const GROUP: GroupWish = {
  ...{ name: "httpbin-tailnet-router", hook: "joined-tailnet" },
  ...{ size: 1, version: "1", userData: USER_DATA, joinSeconds: 300 },
};

/** Seconds from the launch of an instance until its group counts it: 2 to 4 on an idle machine. */
const JOINED_SECONDS = 20;

/** Tailscale's programs, built where they are not there yet; skips a suite where they cannot run. */
export async function tailnetTools(suite: Mocha.Context): Promise<Toolchain> {
  const cannot = cannotRunContainers() ?? ((await hasGo()) ? undefined : "needs Go");
  if (cannot !== undefined) skip(suite, cannot);
  return ensureTools(TOOLS.filter(({ part }) => part === "tailnet"));
}

/** Makes an OAuth client for routers, whose secret they find as the stack gives it to them. */
export async function giveKey({ control, fleet }: Tailnet): Promise<{ id: string; key: string }> {
  const client = await control.createClient([TAG]);
  await fleet.setParameter(PARAMETER, `${client.key}?ephemeral=true&preauthorized=true`);
  return client;
}

/** Logs the laptop in, as its user's, who accepts routes. */
export async function logIn({ control, laptop }: Tailnet): Promise<void> {
  const { key } = await control.createKey();
  const up = ["tailscale", "up", "--auth-key=file:/dev/stdin", "--accept-routes"];
  const { ok, all } = await laptop.run(up, key);
  assert.ok(ok, all);
}

/** Waits until instances of the group, and no others, are in service. @returns their ids. */
export async function untilInService(
  { fleet }: Tailnet,
  wish: Pick<GroupWish, "size" | "version"> = GROUP,
): Promise<string[]> {
  const begun = performance.now();
  for (;;) {
    const instances = await fleet.instances(GROUP.name);
    const isDone = instances.every(
      ({ state, version }) => state === "InService" && version === wish.version,
    );
    if (isDone && instances.length === wish.size) return instances.map(({ id }) => id);
    const seconds = (performance.now() - begun) / 1000;
    assert.ok(seconds < wish.size * JOINED_SECONDS, JSON.stringify(instances));
    await sleep(50);
  }
}

/** The machine of an instance. */
export function machineOf(tailnet: Tailnet, name: string, id: string): Machine {
  const state = tailnet.instances().find((instance) => instance.id === id);
  const [holder] = state?.processes ?? [];
  assert.ok(state !== undefined && holder !== undefined, `${id} is not there`);
  return Machine.of(
    {
      ...{ name: id, namespace: state.network.namespace, nameserver: vpcResolver(VPC.cidr) },
      ...{ layout: tailnetLayout(name), record: () => undefined },
    },
    holder,
  );
}

/** How it went to ask through the tailnet, again and again. */
export interface Asked {
  /** How many requests were answered. */
  answered: number;
  /** The longest time without an answer that came back, in seconds. */
  longestGap: number;
}

/** Seconds that one request is given; another is begun a tenth of a second later, whatever it does. */
const REQUEST_SECONDS = 2;

/**
 * Asks a server from the laptop ten times a second while something is done.
 *
 * @param url Of a server in the VPC.
 */
export async function askMeanwhile(
  { runAt }: Tailnet,
  url: string,
  work: () => Promise<void>,
): Promise<Asked> {
  const answers = [performance.now()];
  const pending = new Set<Promise<void>>();
  const ask = async (): Promise<void> => {
    const limit = ["--max-time", String(REQUEST_SECONDS)];
    const { ok } = await runAt("laptop", "curl", ["--silent", "--fail", ...limit, url]);
    if (ok) answers.push(performance.now());
  };
  const timer = setInterval(() => {
    const one = ask().finally(() => pending.delete(one));
    pending.add(one);
  }, 100);
  try {
    await work();
  } finally {
    clearInterval(timer);
    await Promise.all(pending);
  }
  answers.push(performance.now());
  const gaps = answers.slice(1).map((at, index) => at - (answers[index] ?? at));
  return { answered: answers.length - 2, longestGap: Math.max(...gaps) / 1000 };
}
