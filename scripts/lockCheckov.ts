import { join } from "node:path";

import { cacheFolder } from "../host/cacheFolder";
import { lockRequirements } from "../host/lockRequirements";

/** Locks checkov, with every package that it needs, for the scans of the sandbox. */
async function main(): Promise<void> {
  const cache = join(cacheFolder(), "lint");
  await lockRequirements({
    folder: join(__dirname, "..", "sandbox", "scan"),
    // What Debian 12 has.
    oldestPython: "3.11",
    upgrade: process.argv.includes("--upgrade"),
    command: "npm run lock:checkov",
    cache,
    install: true,
    say: console.log,
    log: join(cache, "lock.log"),
  });
}

void main();
