import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

import { cacheFolder } from "../../host/cacheFolder";
import { run, tryRun, type RunOptions, type RunResult } from "../../host/run";
import { UserError } from "../../host/userError";
import type { Standpoint } from "../tailnet/standpoint";
import type { Toolchain } from "../toolchain/toolchain";
import { programFolders } from "./programs";
import { cloudEnvironment, type SimulatedCloud } from "./simulatedCloud";

/** Where an engine of the sandbox keeps everything, apart from the user's own. */
export interface EngineFolders {
  /** Project from which it runs. */
  project: string;
  /** State of its stacks. */
  backend: string;
  /** File with the passphrase of its secrets. */
  passphrase: string;
  /** Where engine and language host are together. */
  bin: string;
  /** The policy pack, laid out for it. */
  policy: string;
}

function engineFolders(folder: string): EngineFolders {
  return {
    project: join(folder, "project"),
    backend: join(folder, "backend"),
    passphrase: join(folder, "passphrase"),
    bin: join(folder, "bin"),
    policy: join(folder, "policy"),
  };
}

export interface EngineOptions {
  /** Path of the kubeconfig of its cluster. @default none */
  kubeconfig?: string;
  /** The cloud that its stack finds. @default none */
  cloud?: SimulatedCloud;
  /** Where on a network it runs. @default where this process does */
  standpoint?: Standpoint;
}

/** Pulumi's engine, with a state of its own: no login or stack of the user's is ever touched. */
export class Engine {
  private constructor(
    /** The environment in which plain `pulumi` and `kubectl` work by hand. */
    readonly env: Readonly<Record<string, string>>,
    readonly folders: EngineFolders,
    /** Where its plugins are. Shared by all clones, as they are of pinned versions. */
    readonly home: string,
    private readonly enter: readonly string[],
  ) {}

  static async in(
    folder: string,
    tools: Toolchain,
    { kubeconfig, cloud, standpoint }: EngineOptions = {},
  ): Promise<Engine> {
    const folders = engineFolders(folder);
    for (const one of [folders.backend, folders.project]) {
      await mkdir(one, { recursive: true, mode: 0o700 });
    }
    if (!existsSync(folders.passphrase)) {
      await writeFile(folders.passphrase, randomBytes(24).toString("base64url"), { mode: 0o600 });
    }
    const path = await programFolders(tools, folders.bin);
    const home = cloud?.pulumiHome ?? join(cacheFolder(), "pulumi-home");
    const ahead = [...(cloud ? [cloud.bin] : []), ...path];
    const env = {
      ...environment(folders, { ahead, behind: standpoint?.path ?? [] }, home),
      ...(kubeconfig !== undefined && { KUBECONFIG: kubeconfig }),
      ...(cloud && cloudEnvironment(cloud)),
    };
    return new Engine(env, folders, home, standpoint?.enter ?? []);
  }

  /**
   * What a command prints. Its input is for what is no argument, such as a secret: those can be seen by
   * all.
   */
  read(
    args: readonly string[],
    options: Pick<RunOptions, "input" | "signal"> = {},
  ): Promise<string> {
    const [program, ...rest] = this.command("pulumi", ...args);
    return run(program, rest, { ...this.setting, ...options });
  }

  /** Runs kubectl on the engine's cluster, to its end, whichever that is. */
  kubectl(args: readonly string[], input = ""): Promise<RunResult> {
    const [program, ...rest] = this.command("kubectl", ...args);
    return tryRun(program, rest, { ...this.setting, input });
  }

  /** Makes a stack the current one; makes it where it is not there. */
  async select(stack: string): Promise<void> {
    await this.read(["stack", "select", "--create", stack]);
  }

  /**
   * Runs a command whose output goes to the user.
   *
   * @param signal - Asks the engine to end well; what it had begun is then in its state.
   * @throws UserError where the command fails. Why is on the screen already.
   */
  async show(args: readonly string[], signal?: AbortSignal): Promise<void> {
    const { execa } = await import("execa");
    const [program, ...rest] = this.command("pulumi", ...args);
    const child = execa(program, rest, {
      ...this.setting,
      stdio: "inherit",
      reject: false,
      // In a group of its own, so that Ctrl-C reaches it once, from here: the second is a kill.
      detached: true,
    });
    const interrupt = (): void => {
      child.kill("SIGINT");
    };
    signal?.addEventListener("abort", interrupt, { once: true });
    const { failed } = await child;
    signal?.removeEventListener("abort", interrupt);
    signal?.throwIfAborted();
    if (failed) throw new UserError(`pulumi ${args.join(" ")} failed; see above.`);
  }

  /** Whether a stack is there. */
  async has(stack: string): Promise<boolean> {
    if (!existsSync(join(this.folders.project, "Pulumi.yaml"))) return false;
    const [program, ...rest] = this.command("pulumi", "stack", "output", "--stack", stack);
    return (await tryRun(program, rest, this.setting)).ok;
  }

  /** What is executed for a command to run where the engine does, in the folder of its project. */
  command(program: string, ...args: readonly string[]): [program: string, ...args: string[]] {
    const [first, ...others] = this.enter;
    return first === undefined
      ? [program, ...args]
      : [first, ...others, this.folders.project, program, ...args];
  }

  /** What such a command is executed with. */
  get setting(): { cwd: string; env: Readonly<Record<string, string>>; extendEnv: false } {
    return { cwd: this.folders.project, env: this.env, extendEnv: false };
  }
}

function environment(
  folders: EngineFolders,
  { ahead, behind }: { ahead: readonly string[]; behind: readonly string[] },
  home: string,
): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith("PULUMI_"),
  );
  return {
    ...Object.fromEntries(inherited),
    PATH: [...ahead, process.env["PATH"] ?? "", ...behind].join(delimiter),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(folders.backend).href,
    PULUMI_CONFIG_PASSPHRASE_FILE: folders.passphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Among the flags that it otherwise hides is the one for a log of its events.
    PULUMI_DEBUG_COMMANDS: "true",
    // The plugins that a stack needs are there; the engine would look for those of all packages.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // Types are the compiler's to check, in `npm test`: here it would cost seconds at each run.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    // The SDK keeps the stack of each of its promises, and has every frame looked up in a source map:
    // a tenth of a preview's time, for what nobody sees.
    NODE_OPTIONS: [process.env["NODE_OPTIONS"], "--stack-trace-limit=1"].join(" ").trim(),
  };
}
