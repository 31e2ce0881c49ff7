import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A program in a process group of its own, as a terminal runs it in the foreground. */
export class Foreground {
  /** Standard output and error so far. */
  said = "";
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;

  constructor(
    [program = "", ...args]: readonly string[],
    { cwd, env = {} }: { cwd: string; env?: Readonly<Record<string, string>> },
  ) {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        this.said += chunk.toString();
        child.emit("said");
      });
    }
    this.ended = once(child, "close").then(([code]: unknown[]) => code as number | null);
    this.#child = child;
  }

  /** Waits until it has said some words. @throws Error where it ends without. */
  async until(words: string): Promise<void> {
    const tooSoon = this.ended.then(() => {
      if (!this.said.includes(words)) throw new Error(`It ended without "${words}": ${this.said}`);
    });
    while (!this.said.includes(words)) await Promise.race([once(this.#child, "said"), tooSoon]);
  }

  /** Sends a signal to it alone. */
  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Sends a signal to all of its group, as Ctrl-C in a terminal does. */
  killGroup(signal: NodeJS.Signals): void {
    process.kill(-Number(this.#child.pid), signal);
  }
}
