import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import type { RunningCluster } from "../../sandbox/cluster/startCluster";
import { installOfflineKubernetes } from "../../sandbox/providers/kubernetesPlugin";
import { programFolders } from "../../sandbox/stack/programs";
import { cloudEnvironment, prepareCloud, simulatedCloud } from "../../sandbox/stack/simulatedCloud";

const ROOT = join(__dirname, "..", "..");

/** No step of a test takes longer, in milliseconds, unless it hangs. */
const TIMEOUT = 120_000;

/** What a command of the engine did. */
export interface EngineResult {
  exitCode: number;
  /** Everything that was printed. */
  output: string;
}

/** A resource in the state. */
export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  initErrors?: string[];
}

const PRELUDE = `
const k8s = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");
const provider = new k8s.Provider("cluster", {
  kubeconfig: require("node:fs").readFileSync(process.env.TEST_KUBECONFIG, "utf8"),
  clusterIdentifier: "test",
});
const opts = { provider };
`;

/** The real engine with the offline provider, on a project and a state of its own. */
export class Engine {
  private constructor(
    readonly folder: string,
    private readonly env: Record<string, string>,
  ) {}

  /** @param cloud - Whether there is a simulated cloud, in which the cluster plays EKS'. */
  static async create(
    { tools, kubeconfigPath }: RunningCluster,
    { cloud: hasCloud = false } = {},
  ): Promise<Engine> {
    const folder = await mkdtemp(join(tmpdir(), "test-engine-"));
    const home = join(folder, "home");
    const cloud = hasCloud
      ? { ...simulatedCloud(folder, kubeconfigPath), pulumiHome: home }
      : undefined;
    if (cloud === undefined) await installOfflineKubernetes(home);
    else await prepareCloud(cloud);
    const path = await programFolders(tools, join(folder, "bin"));
    await mkdir(join(folder, "state"));
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    await writeFile(join(folder, "Pulumi.yaml"), "name: suite\nruntime: nodejs\nmain: index.js\n");
    await writeFile(join(folder, "package.json"), '{"name":"suite","main":"index.js"}\n');
    const engine = new Engine(folder, {
      HOME: folder,
      PATH: [...(cloud ? [cloud.bin] : []), ...path, process.env["PATH"]].join(delimiter),
      PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "of a test",
      PULUMI_HOME: home,
      PULUMI_SKIP_UPDATE_CHECK: "true",
      TEST_KUBECONFIG: kubeconfigPath,
      ...(cloud && cloudEnvironment(cloud)),
    });
    return engine;
  }

  /** Begins a stack. */
  async select(stack: string): Promise<void> {
    await this.ok(["stack", "select", "--create", stack]);
  }

  /** Sets what the program is: JavaScript, with `k8s`, `pulumi`, `provider` and `opts` at hand. */
  async program(text: string): Promise<void> {
    await writeFile(join(this.folder, "index.js"), `${PRELUDE}${text}\n`);
  }

  /** Runs `pulumi up` without a preview. */
  up(...args: string[]): Promise<EngineResult> {
    return this.run(["up", "--yes", "--skip-preview", ...args]);
  }

  /** Runs a command that must not fail, and gives what it printed. */
  async ok(args: string[]): Promise<string> {
    const { exitCode, output } = await this.run(args);
    if (exitCode !== 0) throw new Error(`pulumi ${args.join(" ")}:\n${output}`);
    return output;
  }

  async run(args: string[]): Promise<EngineResult> {
    const { exitCode, all } = await (await this.start(args)).result;
    return { exitCode: exitCode ?? -1, output: all };
  }

  /** Starts a command, to be watched or killed. */
  start(args: string[]): Promise<Running> {
    return startPulumi(args, { cwd: this.folder, env: this.env });
  }

  /** The resources in the state. */
  async resources(): Promise<StateResource[]> {
    const text = await this.ok(["stack", "export"]);
    const { deployment } = JSON.parse(text) as { deployment: { resources?: StateResource[] } };
    return deployment.resources ?? [];
  }

  /** The only resource in the state whose URN ends so, such as `Secret::password`. */
  async resource(name: string): Promise<StateResource> {
    const found = (await this.resources()).filter(({ urn }) => urn.endsWith(`:${name}`));
    const [first] = found;
    if (first === undefined || found.length > 1) {
      throw new Error(`The state has ${String(found.length)} resources ${name}.`);
    }
    return first;
  }

  /** Ids of the provider's processes. */
  async plugins(): Promise<number[]> {
    return (await this.processes())
      .filter(({ command }) => command.includes("plugin.cjs"))
      .map(({ pid }) => pid);
  }

  /** Ends what an engine that was killed leaves running: the language host and the program. */
  async endOrphans(): Promise<void> {
    for (const { pid } of await this.processes()) process.kill(pid, "SIGKILL");
  }

  /** Processes that the engine started: no other has this environment. */
  private async processes(): Promise<{ pid: number; command: string }[]> {
    const found: { pid: number; command: string }[] = [];
    for (const entry of await readdir("/proc")) {
      if (!/^\d+$/.test(entry)) continue;
      const read = (file: string): Promise<string> =>
        readFile(join("/proc", entry, file), "utf8").catch(() => "");
      const isOurs = (await read("environ")).includes(`PULUMI_HOME=${join(this.folder, "home")}\0`);
      if (isOurs) found.push({ pid: Number(entry), command: await read("cmdline") });
    }
    return found;
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Starts a command of the engine in a project, to be watched or killed. */
export async function startPulumi(
  args: readonly string[],
  {
    timeout = TIMEOUT,
    ...place
  }: { cwd: string; env: Readonly<Record<string, string>>; timeout?: number },
): Promise<Running> {
  // An ES module whose own dependencies cannot be required.
  const { execa } = await import("execa");
  const child = execa("pulumi", [...args, "--non-interactive"], {
    ...place,
    extendEnv: false,
    stdin: "ignore",
    all: true,
    reject: false,
    timeout,
  });
  return { kill: (signal) => child.kill(signal), result: child };
}

/** A command that runs. */
export interface Running {
  kill: (signal: NodeJS.Signals) => boolean;
  result: Promise<{ exitCode?: number; all: string }>;
}

/** How many resources a command says it did something with, such as `created`. */
export function count(output: string, what: string): number {
  const [, number] = new RegExp(`(\\d+) ${what}`).exec(output) ?? [];
  return Number(number ?? 0);
}
