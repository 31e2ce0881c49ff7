import { join } from "node:path";

const ROOT = join(__dirname, "../..");

/** How `npm run load` ended. */
export interface LoadEnd {
  exitCode: number | undefined;
  /** All that it printed, errors too. */
  said: string;
}

/** `npm run load` in a process of its own, as a user runs it. */
export class LoadProcess {
  said = "";
  private constructor(
    private readonly child: { kill(signal: NodeJS.Signals): boolean },
    readonly end: Promise<LoadEnd>,
  ) {}

  static async start(
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<LoadProcess> {
    const { execa } = await import("execa");
    const child = execa(process.execPath, ["--import=tsx", "load/main.ts", ...args], {
      cwd: ROOT,
      env,
      all: true,
      reject: false,
      stdin: "ignore",
    });
    const end = child.then(({ exitCode, all }) => ({ exitCode, said: all }));
    const load = new LoadProcess(child, end);
    child.all.on("data", (chunk: Buffer) => (load.said += chunk.toString()));
    return load;
  }

  /** @throws Error where it ends before it has said these words. */
  async until(words: RegExp): Promise<void> {
    let ended: LoadEnd | undefined;
    void this.end.then((end) => (ended = end));
    while (!words.test(this.said)) {
      if (ended !== undefined) throw new Error(`it ended without ${String(words)}: ${ended.said}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  interrupt(): void {
    this.child.kill("SIGINT");
  }
}

/** Runs `npm run load` to its end. */
export async function runLoadProcess(...args: string[]): Promise<LoadEnd> {
  return (await LoadProcess.start(args)).end;
}
