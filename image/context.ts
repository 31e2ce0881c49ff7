import { rmSync } from "node:fs";
import { join } from "node:path";

import { cacheFolder } from "../host/cacheFolder";

/** What all steps of a build share. */
export interface BuildContext {
  /** Folder for what is made. */
  cache: string;
  /** File with all that the programs printed. */
  log: string;
  /** Whether Debian packages that are missing may be installed. */
  install: boolean;
  /** Tells the user what is going on, a line at a time. */
  say: (line: string) => void;
}

/** The context of a command, with a new log; `install` is false where the user forbade it. */
export function buildContext(options: {
  install: boolean;
  say?: (line: string) => void;
}): BuildContext {
  const cache = join(cacheFolder(), "image");
  const log = join(cache, "build.log");
  rmSync(log, { force: true });
  return {
    cache,
    log,
    install: options.install,
    say: options.say ?? console.log,
  };
}
