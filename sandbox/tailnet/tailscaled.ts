import { untilItDoes } from "../cluster/readiness";
import type { Machine } from "./machine";

/** Paths of Tailscale's programs. */
export interface TailscalePrograms {
  tailscaled: string;
  tailscale: string;
}

/** Puts `tailscale` on a machine, as its package does. */
export async function installTailscale(
  machine: Machine,
  programs: TailscalePrograms,
): Promise<void> {
  await machine.run(["ln", "-sf", programs.tailscale, "/usr/local/bin/tailscale"]);
  await machine.run(["ln", "-sf", programs.tailscaled, "/usr/local/sbin/tailscaled"]);
}

/** Starts tailscaled. Its own log service is out of reach, as all of the internet. */
export async function startTailscaled(machine: Machine, signal?: AbortSignal): Promise<void> {
  const started = await machine.start("tailscaled", "tailscaled", ["--no-logs-no-support"]);
  const answers = async (): Promise<boolean> =>
    (await machine.run(["tailscale", "status", "--json"])).ok;
  await untilItDoes(started, answers, signal);
}
