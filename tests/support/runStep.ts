import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { tryRun, type RunResult } from "../../host/run";
import { commandsOf } from "./workflowFiles";

/** A folder in which steps of a workflow run one after the other, as on a runner. */
export class Runner {
  private constructor(private readonly folder: string) {}

  static async start(): Promise<Runner> {
    const folder = await mkdtemp(join(tmpdir(), "k8s-test-runner-"));
    await mkdir(join(folder, "bin"));
    return new Runner(folder);
  }

  /** Puts a program on the PATH of the steps, in place of the machine's own. */
  async standIn(program: string, script: string): Promise<void> {
    const path = join(this.folder, "bin", program);
    await writeFile(path, `#!/usr/bin/env bash\nset -euo pipefail\n${script}\n`);
    await chmod(path, 0o755);
  }

  /**
   * Runs the commands of a step as they are written, in the shell that GitHub runs them in.
   *
   * @param cwd - @default a folder of the runner's own
   */
  async run(
    place: string,
    env: Readonly<Record<string, string>> = {},
    cwd: string = this.folder,
  ): Promise<RunResult> {
    const script = join(this.folder, "step.sh");
    await writeFile(script, commandsOf(place));
    return tryRun("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], {
      cwd,
      env: {
        PATH: [join(this.folder, "bin"), process.env["PATH"]].join(delimiter),
        GITHUB_STEP_SUMMARY: join(this.folder, "summary.md"),
        GITHUB_OUTPUT: join(this.folder, "output"),
        ...env,
      },
    });
  }

  /** A file that the steps have written: "" where they have not. */
  async read(file: "summary.md" | "output" | (string & {})): Promise<string> {
    return readFile(join(this.folder, file), "utf8").catch(() => "");
  }

  async stop(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
