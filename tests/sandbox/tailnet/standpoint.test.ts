import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { startOf } from "../../../sandbox/cluster/processIdentity";
import { laptopStandpoint } from "../../../sandbox/tailnet/standpoint";

describe("laptopStandpoint", () => {
  it("enters the network and the files of the machine, and not its processes", async function () {
    if (process.platform !== "linux") this.skip();
    const child = spawn("sh", ["-c", "sleep 60 & wait"], { detached: true });
    const pid = child.pid ?? assert.fail();
    try {
      let enter: readonly string[] = [];
      // Until the shell has its child.
      for (let attempt = 0; enter.length === 0; attempt++) {
        assert.ok(attempt < 1000);
        await new Promise(setImmediate);
        try {
          const record = { name: "machine", log: "", command: [], pid };
          ({ enter } = laptopStandpoint({ ...record, started: (await startOf(pid)) ?? "" }));
        } catch {
          // It has none yet.
        }
      }
      assert.deepEqual(
        enter.filter((argument) => argument.startsWith("--")),
        ["--target", "--net", "--mount", "--", "--mount", "--propagation", "--"],
      );
    } finally {
      process.kill(-pid, "SIGKILL");
      await once(child, "close");
    }
  });

  it("says so where the machine has ended", () => {
    const record = { name: "machine-laptop", log: "", command: [], pid: 2 ** 22 + 1, started: "" };
    assert.throws(() => laptopStandpoint(record), /The first process of machine-laptop is gone\./);
  });
});
