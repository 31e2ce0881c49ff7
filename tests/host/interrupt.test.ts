import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";

import { ROOT } from "../support/command";
import { Foreground } from "../support/foreground";

/** A process that is interrupted while it runs a program, and then takes its time to clean up. */
const PROGRAM = `
  const { tryRun } = require("./host/run.ts");
  const { interruptSignal } = require("./host/interrupt.ts");
  const signal = interruptSignal();
  void tryRun("sleep", ["20"], { signal }).catch((error) => {
    console.log(error.message);
    setTimeout(() => console.log("cleaned up"), 300);
  });
  console.log("started");
`;

describe("interruptSignal", () => {
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    it(`lets a process clean up after ${name}, though a program runs, and a second one comes`, async () => {
      const command = [process.execPath, "--require=tsx/cjs", "--eval", PROGRAM];
      const child = new Foreground(command, { cwd: ROOT });
      await child.until("started");
      await sleep(500); // until the program runs
      child.kill(name);
      await child.until("Interrupted.");
      child.kill(name);
      const code = await child.ended;
      assert.deepEqual(child.said.trim().split("\n").filter(Boolean), [
        "started",
        `${name}: giving up, and removing what has been made.`,
        "Interrupted.",
        `${name}: still removing what has been made.`,
        "cleaned up",
      ]);
      assert.equal(code, 130);
    });
  }
});
