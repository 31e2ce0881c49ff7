import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { tryRun, type RunResult } from "../../host/run";
import { HIDDEN } from "../cluster/layout";
import { enterNamespaces, holdNamespaces } from "../cluster/namespaces";
import { startProcess } from "../cluster/processes";
import { untilItDoes } from "../cluster/readiness";
import type { ProcessRecord } from "../cluster/state";
import {
  namespaceOf,
  ON_INTERNET,
  TAILSCALE_ADDRESS,
  TAILSCALE_NAMES,
  type DevicePlace,
} from "./places";
import type { TailnetLayout } from "./state";

export interface DeviceOptions {
  /** Name of the tailnet. */
  name: string;
  place: DevicePlace;
  layout: TailnetLayout;
  /** Paths of Tailscale's programs. */
  programs: { tailscaled: string; tailscale: string };
  /** Keeps a process that was started. */
  record: (process: ProcessRecord) => void;
  signal?: AbortSignal;
}

/** A machine with Tailscale on it. */
export interface Device {
  /** First process of the machine. */
  holder: ProcessRecord;
  /** Runs a command of `tailscale` on it, such as `status`. */
  tailscale: (args: readonly string[], input?: string) => Promise<RunResult>;
}

/** Starts a machine with `/etc`, `/run`, `/var/lib` and `/var/log` of its own, and tailscaled on it. */
export async function startDevice(options: DeviceOptions): Promise<Device> {
  const { place, layout, programs, record, signal } = options;
  const holder = await startMachine(options);
  record(holder);
  const prefix = enterNamespaces(holder);
  const device: Device = {
    holder,
    tailscale: (args, input) =>
      runOn(prefix, environment(layout), [programs.tailscale, ...args], input),
  };
  const started = await startProcess(
    {
      name: `tailscaled-${place}`,
      // Its own log service is out of reach, as all of the internet.
      args: ["--no-logs-no-support"],
      environment: environment(layout),
    },
    { command: programs.tailscaled, prefix, logs: layout.logs },
  );
  record(started.record);
  await untilItDoes(started, async () => (await device.tailscale(["status", "--json"])).ok, signal);
  return device;
}

/** Tailscale's servers show a certificate of the tailnet's own authority. */
function environment(layout: TailnetLayout): Record<string, string> {
  return { SSL_CERT_FILE: layout.authority };
}

async function runOn(
  prefix: readonly string[],
  env: Readonly<Record<string, string>>,
  command: readonly string[],
  input: string | undefined,
): Promise<RunResult> {
  // What Node gives a process to read from is a socket, which cannot be opened as /dev/stdin.
  const piped = input === undefined ? [] : ["sh", "-c", 'cat | "$@"', "sh"];
  const [program = "", ...args] = [...prefix, ...piped, ...command];
  return tryRun(program, args, { env, ...(input !== undefined && { input }) });
}

/** What tailscaled does to the names that a machine asks for, it does to files of `/etc`. */
async function startMachine({ name, place, layout }: DeviceOptions): Promise<ProcessRecord> {
  const folder = layout.device(place);
  for (const one of ["etc", "etc-work", ...HIDDEN.map(inFolder)]) {
    await mkdir(join(folder, one), { recursive: true, mode: 0o755 });
  }
  const hosts = [`127.0.0.1 localhost`, `${TAILSCALE_ADDRESS} ${TAILSCALE_NAMES.join(" ")}`];
  await writeFile(join(folder, "etc/hosts"), `${hosts.join("\n")}\n`);
  // Nobody answers there: no name of the machine's own network is known here.
  await writeFile(join(folder, "etc/resolv.conf"), `nameserver ${ON_INTERNET[place]}\n`);
  return holdNamespaces({
    name: `machine-${place}`,
    namespace: namespaceOf(name, place),
    setup: [
      'mount -t overlay overlay -o "lowerdir=/etc,upperdir=$1/etc,workdir=$1/etc-work" /etc',
      ...HIDDEN.map((path) => `mount --bind "$1/${inFolder(path)}" ${path}`),
    ],
    args: [folder],
    logs: layout.logs,
  });
}

function inFolder(path: string): string {
  return path.slice(1).replaceAll("/", "-");
}
