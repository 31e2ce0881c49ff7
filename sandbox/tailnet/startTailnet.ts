import { mkdir, writeFile } from "node:fs/promises";

import { tryRun, type RunResult } from "../../host/run";
import { makeAuthority, makeCertificate } from "../cluster/certificates";
import { alone } from "../cluster/clusterLock";
import { startProcess } from "../cluster/processes";
import { takesConnections, untilItDoes } from "../cluster/readiness";
import type { ProcessRecord } from "../cluster/state";
import type { Toolchain } from "../toolchain/toolchain";
import { Control } from "./control";
import { Machine } from "./machine";
import { vpcResolver } from "../../components/live/router/vpcResolver";
import { checkNamespaces, makeNetwork, placeNamespace } from "./network";
import { addRouter } from "./routerNetwork";
import {
  namespaceOf,
  RESOLVERS,
  TAILSCALE_ADDRESS,
  TAILSCALE_NAMES,
  VPC,
  type Place,
} from "./places";
import { tailnetLayout, writeTailnet, type TailnetLayout, type TailnetState } from "./state";
import { stopTailnet } from "./stopTailnet";
import { installTailscale, startTailscaled, type TailscalePrograms } from "./tailscaled";

export interface TailnetOptions {
  /** That of the cluster that it belongs to, which takes the tailnet down with it. */
  name: string;
  tools: Toolchain;
  /** Name of the network namespace of a cluster's node that is to be the VPC. @default one is made */
  vpcNamespace?: string;
  signal?: AbortSignal;
}

/** A tailnet that runs, on which no device is logged in yet. */
export interface Tailnet {
  control: Control;
  /** A bare machine: what makes a router of it is up to the caller. */
  router: Machine;
  /** Has Tailscale on it. */
  laptop: Machine;
  programs: TailscalePrograms;
  /** Runs a program in the network of a place, as the machine's own user. */
  runAt: (place: Place, program: string, args: readonly string[]) => Promise<RunResult>;
}

/**
 * Starts a control server on an internet of its own, and the machines of a router and a laptop. One that
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
        await stopTailnet(name);
        throw error;
      }
    },
    signal,
  );
}

async function bringUp({ name, tools, vpcNamespace, signal }: TailnetOptions): Promise<Tailnet> {
  const layout = tailnetLayout(name);
  const state: TailnetState = {
    version: 1,
    name,
    ...(vpcNamespace !== undefined && { vpcNamespace }),
    namespaces: [],
    madeNames: false,
    processes: [],
  };
  const save = (): void => {
    writeTailnet(layout, state);
  };
  const record = (process: ProcessRecord): void => {
    state.processes.push(process);
    save();
  };
  await makeNetwork(state, save);
  await writeCertificate(layout);
  const prefix = (place: Place): string[] => ["ip", "netns", "exec", placeNamespace(state, place)];
  await startControl(layout, {
    command: tools.path("tailnet-control"),
    prefix: prefix("internet"),
    record,
    ...(signal && { signal }),
  });
  const routerNetwork = {
    namespace: namespaceOf(name, "router"),
    slot: 0,
    internet: placeNamespace(state, "internet"),
    vpc: placeNamespace(state, "vpc"),
  };
  state.namespaces.push(routerNetwork.namespace);
  save();
  await addRouter(routerNetwork);
  const programs = { tailscaled: tools.path("tailscaled"), tailscale: tools.path("tailscale") };
  const [router, laptop] = await Promise.all([
    Machine.start({
      ...{ name: "router", namespace: routerNetwork.namespace, layout, record },
      nameserver: vpcResolver(VPC.cidr),
    }),
    Machine.start({
      ...{ name: "laptop", namespace: placeNamespace(state, "laptop"), layout, record },
      nameserver: RESOLVERS.provider,
    }),
  ]);
  await installTailscale(laptop, programs);
  await startTailscaled(laptop, signal);
  return {
    control: new Control(layout.admin),
    router,
    laptop,
    programs,
    runAt: (place, program, args) => {
      const [command = "", ...rest] = [...prefix(place), program, ...args];
      return tryRun(command, rest, { ...(signal && { signal }) });
    },
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

async function startControl(
  layout: TailnetLayout,
  launch: {
    command: string;
    prefix: readonly string[];
    record: (process: ProcessRecord) => void;
    signal?: AbortSignal;
  },
): Promise<void> {
  const args = Object.entries({
    address: TAILSCALE_ADDRESS,
    certificate: layout.certificate,
    key: layout.key,
    admin: layout.admin,
  }).map(([flag, value]) => `--${flag}=${value}`);
  const started = await startProcess(
    { name: "tailnet-control", args },
    { command: launch.command, prefix: launch.prefix, logs: layout.logs },
  );
  launch.record(started.record);
  await untilItDoes(started, () => takesConnections(layout.admin), launch.signal);
}
