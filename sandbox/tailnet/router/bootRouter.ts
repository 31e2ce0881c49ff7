import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse } from "yaml";

import type { RunResult } from "../../../host/run";
import { takesConnections, untilItDoes } from "../../cluster/readiness";
import { bundle } from "../../providers/bundle";
import { askSocket } from "../askSocket";
import type { Machine } from "../machine";
import { installTailscale, type TailscalePrograms } from "../tailscaled";
import { METADATA, STAND_INS } from "./standIns";
import { readEnvironment, readUnit, runnerScript, setting } from "./units";

export interface RouterBoot {
  /** User data of the launch template, for cloud-init. */
  userData: string;
  /** Id of the EC2 instance, such as `i-0123456789abcdef0`. */
  instanceId: string;
  /** Name and value of the SSM parameter with the key to join with. */
  parameter: { name: string; value: string };
  programs: TailscalePrograms;
}

/** A machine that the live stack's user data make a router of. */
export interface Router {
  /** The calls of `aws` that changed something, in their order. */
  calls: () => Promise<string[]>;
  /** Shuts the instance down as systemd does, with its group taking it out for good or not. */
  shutDown: (isTerminated: boolean) => Promise<RunResult>;
}

interface CloudConfig {
  write_files: { path: string; permissions: string; content: string }[];
}

const UNITS = "/etc/systemd/system";
const SERVICE = "/usr/local/bin/sandbox-unit";

/**
 * Does what cloud-init and systemd do on an EC2 instance: writes the files of the user data and runs
 * its units, which are executed as they are.
 */
export async function bootRouter(machine: Machine, boot: RouterBoot): Promise<Router> {
  const { write_files: files } = parse(boot.userData) as CloudConfig;
  const content = (path: string): string => {
    const text = files.find((file) => file.path === path)?.content;
    if (text === undefined) throw new Error(`The user data write no ${path}.`);
    return text;
  };
  for (const file of files) {
    await machine.write(file.path, file.content, parseInt(file.permissions, 8));
  }
  for (const [name, text] of Object.entries(STAND_INS)) {
    await machine.write(`/usr/local/bin/${name}`, text, 0o755);
  }
  await installTailscale(machine, boot.programs);
  const socket = await startInstanceService(machine, boot);

  const unit = readUnit(
    content(`${UNITS}/tailnet-router.service`),
    content(`${UNITS}/tailnet-router.timer`),
  );
  await machine.write(
    SERVICE,
    runnerScript(unit, readEnvironment(content(unit.environmentFile))),
    0o755,
  );
  await machine.start("tailnet-router", SERVICE);
  const leave = setting(content(`${UNITS}/tailnet-router-leave.service`), "ExecStop");
  return {
    calls: async () => JSON.parse((await askSocket(socket, "GET", "/calls", "")).text) as string[],
    shutDown: async (isTerminated) => {
      if (isTerminated) await askSocket(socket, "PUT", "/lifecycle", "Terminated");
      return machine.run(leave.split(" "));
    },
  };
}

/** @returns the Unix socket at which the world outside of the instance sets what it finds. */
async function startInstanceService(machine: Machine, boot: RouterBoot): Promise<string> {
  const { layout, name: machineName } = machine.options;
  const folder = join(layout.machine(machineName), "instance");
  const program = join(folder, "service.cjs");
  const socket = join(folder, "world.sock");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(program, await bundle(join(__dirname, "instanceMain.ts"), {}));
  await machine.run(["ip", "address", "replace", `${METADATA}/32`, "dev", "lo"]);
  const args = [program, boot.instanceId, socket];
  const started = await machine.start("instance", process.execPath, args);
  await untilItDoes(started, () => takesConnections(socket));
  const { name, value } = boot.parameter;
  await askSocket(socket, "PUT", `/parameter?name=${encodeURIComponent(name)}`, value);
  return socket;
}
