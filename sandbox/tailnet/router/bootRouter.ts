import { parse } from "yaml";

import { untilItDoes } from "../../cluster/readiness";
import type { Machine } from "../machine";
import { installTailscale, type TailscalePrograms } from "../tailscaled";
import { METADATA, STAND_INS } from "./standIns";
import { readEnvironment, readUnit, runnerScript, setting } from "./units";

export interface RouterBoot {
  /** User data of the launch template, for cloud-init. */
  userData: string;
  /** Id of the EC2 instance, such as `i-0123456789abcdef0`. */
  instanceId: string;
  programs: TailscalePrograms;
}

/** A machine that the live stack's user data make a router of. */
export interface Router {
  /**
   * Does what systemd does when the machine shuts down. Where it is going, the instance learns from its
   * metadata.
   *
   * @throws where that fails.
   */
  shutDown: () => Promise<void>;
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
  await startInstanceService(machine, boot.instanceId);

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
  const leave = content(`${UNITS}/tailnet-router-leave.service`);
  const command = setting(leave, "ExecStop").split(" ");
  return {
    shutDown: async () => {
      const { ok, all } = await machine.run([
        ...["timeout", setting(leave, "TimeoutStopSec")],
        ...command,
      ]);
      if (!ok) throw new Error(`${command.join(" ")}: ${all}`);
    },
  };
}

/** Starts what the instance finds at the link-local address. */
async function startInstanceService(machine: Machine, instanceId: string): Promise<void> {
  const { programs, fleet } = machine.options.layout;
  await machine.run(["ip", "address", "replace", `${METADATA}/32`, "dev", "lo"]);
  const started = await machine.start("instance", process.execPath, [
    ...[programs.instance, instanceId, fleet],
  ]);
  const url = `http://${METADATA}/latest/api/token`;
  await untilItDoes(started, async () => (await machine.run(["curl", "--silent", url])).ok);
}
