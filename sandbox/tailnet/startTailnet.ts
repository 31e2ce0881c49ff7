import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { messageOf } from "../../host/errors";
import { tryRun, type RunResult } from "../../host/run";
import { UserError } from "../../host/userError";
import { makeAuthority, makeCertificate } from "../cluster/certificates";
import { alone } from "../cluster/clusterLock";
import { startProcess } from "../cluster/processes";
import { takesConnections, untilItDoes } from "../cluster/readiness";
import type { ProcessRecord } from "../cluster/state";
import { bundle } from "../providers/bundle";
import type { Toolchain } from "../toolchain/toolchain";
import { openEndpoint, type ApiServer } from "./apiEndpoint";
import { Control } from "./control";
import { FleetClient } from "./fleet/fleetClient";
import { readInstances, type InstanceState } from "./fleet/instanceState";
import { joinLaptop } from "./laptop";
import { Machine } from "./machine";
import { startNameServers } from "./names";
import { checkNamespaces, makeNetwork, placeNamespace } from "./network";
import { RESOLVERS, TAILSCALE_ADDRESS, TAILSCALE_NAMES, type Place } from "./places";
import { tailnetLayout, writeTailnet, type TailnetLayout, type TailnetState } from "./state";
import { stopTailnet } from "./stopTailnet";
import { installTailscale, startTailscaled, type TailscalePrograms } from "./tailscaled";

export interface TailnetOptions {
  /** That of the cluster that it belongs to, which takes the tailnet down with it. */
  name: string;
  tools: Toolchain;
  /** Name of the network namespace of a cluster's node that is to be the VPC. @default one is made */
  vpcNamespace?: string;
  /**
   * The API server of that node. It then answers in the VPC as EKS' private endpoint does, DNS knows its
   * name, and the laptop is logged in. @default none of it
   */
  api?: ApiServer;
  signal?: AbortSignal;
}

/** A tailnet that runs. No device is logged in yet, but for the laptop of one that leads to an API server. */
export interface Tailnet {
  control: Control;
  /** Starts routers, and hands secrets to them. */
  fleet: FleetClient;
  /** Has Tailscale on it. */
  laptop: Machine;
  programs: TailscalePrograms;
  /** What the instances that there are now are made of, in the order of their ids. */
  instances: () => InstanceState[];
  /** Runs a program in the network of a place, as the machine's own user. */
  runAt: (place: Place, program: string, args: readonly string[]) => Promise<RunResult>;
}

/**
 * Starts a control server on an internet of its own, a laptop, and what starts routers. A tailnet that
 * is there already is taken down first, and so is all that was made where something fails.
 */
export async function startTailnet(options: TailnetOptions): Promise<Tailnet> {
  const { name, signal } = options;
  return alone(
    name,
    async () => {
      await stopTailnet(name);
      await checkNamespaces(options);
      try {
        return await bringUp(options);
      } catch (error) {
        await stopTailnet(name).catch((left: unknown) => {
          throw new UserError(`${messageOf(error)}\n${messageOf(left)}`, { cause: error });
        });
        // Whatever was under way says only that it was cut off; the caller's reason says why.
        signal?.throwIfAborted();
        throw error;
      }
    },
    signal,
  );
}

async function bringUp(options: TailnetOptions): Promise<Tailnet> {
  const { name, tools, vpcNamespace, api, signal } = options;
  const layout = tailnetLayout(name);
  const state: TailnetState = {
    version: 1,
    name,
    phase: "starting",
    ...(vpcNamespace !== undefined && { vpcNamespace }),
    namespaces: [],
    processes: [],
  };
  const save = (): void => {
    writeTailnet(layout, state);
  };
  const record = (process: ProcessRecord): void => {
    state.processes.push(process);
    save();
  };
  const namespace = (place: Place): string => placeNamespace(state, place);
  await makeNetwork(state, save);
  await Promise.all([writeCertificate(layout), writePrograms(layout)]);
  const server = { layout, record, ...(signal && { signal }) };
  await startControl(tools.path("tailnet-control"), namespace("internet"), server);
  const programs = { tailscaled: tools.path("tailscaled"), tailscale: tools.path("tailscale") };
  await startFleet(name, programs, server);
  const laptop = await Machine.start({
    ...{ name: "laptop", namespace: namespace("laptop"), layout, record },
    nameserver: RESOLVERS.provider,
  });
  await installTailscale(laptop, programs);
  await startTailscaled(laptop, signal);
  const control = new Control(layout.admin);
  if (api !== undefined) {
    await openEndpoint(namespace("vpc"), api);
    const namespaces = { vpc: namespace("vpc"), internet: namespace("internet") };
    await startNameServers({ coredns: tools.path("coredns"), namespaces, ...server });
    await joinLaptop(laptop, control);
  }
  state.phase = "running";
  save();
  return {
    control,
    fleet: new FleetClient(layout.fleet),
    laptop,
    programs,
    instances: () => readInstances(layout),
    runAt: (place, program, args) =>
      tryRun("ip", ["netns", "exec", namespace(place), program, ...args], {
        ...(signal && { signal }),
      }),
  };
}

/** The certificate of Tailscale's servers, from an authority that only this tailnet's devices trust. */
async function writeCertificate(layout: TailnetLayout): Promise<void> {
  const authority = await makeAuthority("tailnet");
  const { certificate, key } = await makeCertificate(
    {
      commonName: TAILSCALE_NAMES[0],
      usages: ["server"],
      dnsNames: TAILSCALE_NAMES,
      addresses: [TAILSCALE_ADDRESS],
    },
    authority,
  );
  await mkdir(layout.folder, { recursive: true, mode: 0o700 });
  const files = [
    [layout.authority, authority.certificate.toString("pem")],
    [layout.certificate, certificate],
    [layout.key, key],
  ] as const;
  for (const [path, text] of files) await writeFile(path, `${text.trimEnd()}\n`, { mode: 0o600 });
}

/** The fleet outlives this process, and an instance is not to load what it does not need. */
async function writePrograms({ folder, programs }: TailnetLayout): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const sources = [
    [programs.fleet, "fleet/fleetMain.ts"],
    [programs.instance, "router/instanceMain.ts"],
  ] as const;
  for (const [path, source] of sources) {
    await writeFile(path, await bundle(join(__dirname, source), {}), { mode: 0o600 });
  }
}

interface Server {
  layout: TailnetLayout;
  record: (process: ProcessRecord) => void;
  signal?: AbortSignal;
}

async function startControl(
  command: string,
  namespace: string,
  { layout, record, signal }: Server,
): Promise<void> {
  const args = Object.entries({
    address: TAILSCALE_ADDRESS,
    certificate: layout.certificate,
    key: layout.key,
    admin: layout.admin,
  }).map(([flag, value]) => `--${flag}=${value}`);
  const started = await startProcess(
    { name: "tailnet-control", args },
    { command, prefix: ["ip", "netns", "exec", namespace], logs: layout.logs },
  );
  record(started.record);
  await untilItDoes(started, () => takesConnections(layout.admin), signal);
}

async function startFleet(
  name: string,
  { tailscaled, tailscale }: TailscalePrograms,
  { layout, record, signal }: Server,
): Promise<void> {
  const started = await startProcess(
    { name: "fleet", args: [layout.programs.fleet, name, tailscaled, tailscale] },
    { command: process.execPath, logs: layout.logs },
  );
  record(started.record);
  await untilItDoes(started, () => takesConnections(layout.fleet), signal);
}
