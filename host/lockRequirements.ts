import { join } from "node:path";

import { pythonEnvironment } from "./pythonEnvironment";
import { run } from "./run";

/** The resolver, pinned so that the same input gives the same file. */
export const UV = "uv==0.13.9";

export interface LockOptions {
  /** Folder of requirements.in, and of the requirements.txt that is made of it. */
  folder: string;
  /** The oldest Python that the lock is for. */
  oldestPython: string;
  /** Whether the newest versions that requirements.in allows are taken. */
  upgrade: boolean;
  /** The command that makes the lock, for the head of the file. */
  command: string;
  /** Folder to keep the resolver in. */
  cache: string;
  /** Whether Debian packages may be installed. */
  install: boolean;
  say: (line: string) => void;
  /** File that takes what the resolver prints. */
  log: string;
}

/** Writes requirements.txt: every package that requirements.in needs, with the hashes of its files. */
export async function lockRequirements(options: LockOptions): Promise<void> {
  const { folder, oldestPython, upgrade, command, cache, say, log } = options;
  const bin = await pythonEnvironment(cache, [UV], options);
  const args = [
    ...["pip", "compile", "--quiet", "--universal", "--python-version", oldestPython],
    ...["--generate-hashes", "--no-annotate", ...(upgrade ? ["--upgrade"] : [])],
    ...["--custom-compile-command", command],
    ...["--output-file", "requirements.txt", "requirements.in"],
  ];
  await run(join(bin, "uv"), args, { cwd: folder, log });
  say(`Written: ${join(folder, "requirements.txt")}`);
}
