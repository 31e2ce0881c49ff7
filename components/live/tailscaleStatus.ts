import { execFile } from "node:child_process";
import { promisify } from "node:util";

import * as z from "zod";

/** What the Tailscale client of this machine knows of the tailnet. */
export interface TailscaleStatus {
  /** `Running`, `Stopped`, `NeedsLogin`, `NeedsMachineAuth`, `Starting` or `NoState`. */
  state: string;
  /** Whether it has a network interface, so that every program of this machine is on the tailnet. */
  hasInterface: boolean;
  /** The subnet routers of the tailnet that this machine may know of. */
  routers: SubnetRouter[];
}

export interface SubnetRouter {
  hostname: string;
  isOnline: boolean;
  /** Ranges for which it is the one to carry traffic: advertised, and approved. */
  routes: string[];
}

/** The client's command, on PATH and where the app for macOS keeps it. */
const COMMANDS = ["tailscale", "/Applications/Tailscale.app/Contents/MacOS/Tailscale"];

/** The parts of `ipnstate.Status` that are looked at; Go leaves out what is empty. */
const STATUS = z.object({
  BackendState: z.string(),
  TUN: z.boolean().default(true),
  Peer: z
    .record(
      z.string(),
      z.object({
        HostName: z.string().default(""),
        Online: z.boolean().default(false),
        PrimaryRoutes: z.array(z.string()).nullish(),
      }),
    )
    .nullish(),
});

/**
 * Asks the Tailscale client of this machine. Undefined where there is none that tells.
 *
 * It gets nothing of Pulumi's environment, in which a program finds its config, with the secrets in it.
 */
export async function tailscaleStatus(
  timeoutMs: number,
  commands: readonly string[] = COMMANDS,
): Promise<TailscaleStatus | undefined> {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("PULUMI_"));
  const options = {
    timeout: timeoutMs,
    maxBuffer: 64 * 2 ** 20,
    env: Object.fromEntries(others),
  };
  for (const command of commands) {
    try {
      const { stdout } = await promisify(execFile)(command, ["status", "--json"], options);
      return parseStatus(stdout);
    } catch {
      // Not there, not running, or not for this user.
    }
  }
  return undefined;
}

/** @throws Error where the text is not what `tailscale status --json` prints. */
export function parseStatus(text: string): TailscaleStatus {
  const { BackendState, TUN, Peer } = STATUS.parse(JSON.parse(text));
  const routers = Object.values(Peer ?? {}).map(({ HostName, Online, PrimaryRoutes }) => ({
    hostname: HostName,
    isOnline: Online,
    routes: PrimaryRoutes ?? [],
  }));
  return {
    state: BackendState,
    hasInterface: TUN,
    routers: routers.filter(({ routes }) => routes.length > 0),
  };
}
