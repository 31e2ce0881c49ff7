import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What the processes of this machine were seen to be started with. */
export class ProcessWatch {
  private readonly seen = {
    cmdline: new Map<string, string>(),
    environ: new Map<string, string>(),
  };
  private timer: NodeJS.Timeout | undefined;

  /** Looks again and again, several times a second, until it is stopped. */
  start(everyMs = 100): void {
    this.timer = setInterval(() => {
      this.look();
    }, everyMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Programs that had a text among their arguments or in their environment. */
  holders(part: "cmdline" | "environ", text: string): string[] {
    const found = [...this.seen[part]].filter(([content]) => content.includes(text));
    return [...new Set(found.map(([, program]) => program))];
  }

  private look(): void {
    for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      try {
        const program = readFileSync(join("/proc", pid, "comm"), "utf8").trim();
        for (const part of ["cmdline", "environ"] as const) {
          this.seen[part].set(readFileSync(join("/proc", pid, part), "latin1"), program);
        }
      } catch {
        // It ended meanwhile.
      }
    }
  }
}
