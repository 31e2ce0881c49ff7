import { chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { tryRun, type RunResult } from "../../host/run";
import { UserError } from "../../host/userError";
import { HIDDEN } from "../cluster/layout";
import { explainEnd } from "../cluster/logs";
import { enterNamespaces, holdNamespaces } from "../cluster/namespaces";
import { childOf, startProcess, type Started } from "../cluster/processes";
import type { ProcessRecord } from "../cluster/state";
import { TAILSCALE_ADDRESS, TAILSCALE_NAMES } from "./places";
import type { TailnetLayout } from "./state";

export interface MachineOptions {
  /** Name of the machine, such as `laptop`; its processes' logs have it in their names. */
  name: string;
  /** Name of the network namespace that it is in. */
  namespace: string;
  /** Address of the DNS server that it asks. */
  nameserver: string;
  /** That of the tailnet. */
  layout: TailnetLayout;
  /** Keeps a process that was started. */
  record: (process: ProcessRecord) => void;
}

/** Folders that a machine has to itself, on top of what the host has in them. */
const LAYERED = ["/etc", "/usr/local"] as const;

/** What has `/etc`, `/usr/local`, `/run`, `/var/lib` and `/var/log` of its own, in a network namespace that is there. */
export class Machine {
  /** What enters it, before a command line. */
  private readonly prefix: readonly string[];

  private constructor(
    readonly options: MachineOptions,
    /** First process of the machine, with whose end all others end. */
    readonly holder: ProcessRecord,
  ) {
    this.prefix = [
      ...enterNamespaces(holder),
      // It is another machine: a proxy or credentials of whoever starts it are not for its programs.
      ...["env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      // Tailscale's servers show a certificate of ours.
      `SSL_CERT_FILE=${options.layout.authority}`,
    ];
  }

  /** A machine that was started, by another process too. */
  static of(options: MachineOptions, holder: ProcessRecord): Machine {
    return new Machine(options, holder);
  }

  /**
   * Starts a new machine, where there is none of its name any more.
   *
   * @throws UserError with the cause and the log's path, where it cannot be set up.
   */
  static async start(options: MachineOptions): Promise<Machine> {
    const { name, namespace, nameserver, layout, record } = options;
    const folder = layout.machine(name);
    await rm(folder, { recursive: true, force: true });
    for (const one of [...HIDDEN, ...LAYERED].map(inFolder)) {
      await mkdir(join(folder, one), { recursive: true, mode: 0o755 });
    }
    for (const one of LAYERED) await mkdir(join(folder, `${inFolder(one)}-work`));
    const holder = await holdNamespaces({
      name: `machine-${name}`,
      namespace,
      setup: [
        ...LAYERED.map((path) => {
          const layers = `lowerdir=${path},upperdir=$1/${inFolder(path)},workdir=$1/${inFolder(path)}-work`;
          return `mount -t overlay overlay -o "${layers}" ${path}`;
        }),
        ...HIDDEN.map((path) => `mount --bind "$1/${inFolder(path)}" ${path}`),
        // What it is to wait for is there once all of this is.
        'touch "$1/is-set-up"',
      ],
      args: [folder],
      logs: layout.logs,
    });
    record(holder);
    const machine = new Machine(options, holder);
    const wait = ["sh", "-c", 'until [ -e "$0/is-set-up" ]; do sleep 0.02; done', folder];
    const { ok } = await machine.run(wait);
    if (!ok) throw new UserError(explainEnd(holder.name, "not set up", holder.log));
    const hosts = ["127.0.0.1 localhost", `${TAILSCALE_ADDRESS} ${TAILSCALE_NAMES.join(" ")}`];
    await machine.write("/etc/hosts", `${hosts.join("\n")}\n`);
    await machine.write("/etc/resolv.conf", `nameserver ${nameserver}\n`);
    return machine;
  }

  /** Writes a file as the machine sees it. */
  async write(path: string, text: string, mode = 0o644): Promise<void> {
    const target = childOf(this.holder.pid);
    if (target === undefined) throw new Error(`${this.holder.name} is gone`);
    const file = join("/proc", String(target), "root", path);
    await mkdir(dirname(file), { recursive: true });
    // Where the host has a link, as many do in place of /etc/resolv.conf, it would lead to the host's.
    await rm(file, { force: true });
    await writeFile(file, text);
    await chmod(file, mode);
  }

  /** Runs a command to its end. */
  async run(command: readonly string[], input?: string): Promise<RunResult> {
    // What Node gives a process to read from is a socket, which cannot be opened as /dev/stdin.
    const piped = input === undefined ? [] : ["sh", "-c", 'cat | "$@"', "sh"];
    const [program = "", ...args] = [...this.prefix, ...piped, ...command];
    return tryRun(program, args, input === undefined ? {} : { input });
  }

  /** Starts a process that goes on, with a log of its own. */
  async start(name: string, command: string, args: readonly string[] = []): Promise<Started> {
    const { record, layout, name: machine } = this.options;
    const started = await startProcess(
      { name: `${name}-${machine}`, args },
      { command, prefix: this.prefix, logs: layout.logs },
    );
    record(started.record);
    return started;
  }
}

function inFolder(path: string): string {
  return path.slice(1).replaceAll("/", "-");
}
