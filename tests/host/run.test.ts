import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run, start, tryRun } from "../../host/run";
import { UserError } from "../../host/userError";

describe("run", () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-"));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it("gives what was written to standard output alone", async () => {
    assert.equal(await run("sh", ["-c", "echo out; echo err >&2"]), "out");
  });

  it("hands over input and environment", async () => {
    const printed = await run("sh", ["-c", 'cat; echo "$NOTE"'], {
      input: "in\n",
      env: { NOTE: "set" },
    });
    assert.equal(printed, "in\nset");
  });

  it("keeps the command and all of its output in the log", async () => {
    const log = join(folder, "deep", "all.log");
    await run("sh", ["-c", "echo out; echo err >&2"], { log });
    await run("echo", ["again"], { log });
    const kept = await readFile(log, "utf8");
    assert.match(kept, /^\$ sh -c .*\nout\nerr\n\$ echo again\nagain\n$/);
  });

  it("fails with the last lines and the name of the log", async () => {
    const log = join(folder, "failed.log");
    await assert.rejects(run("sh", ["-c", "seq 1 40; exit 3"], { log }), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /^Command failed with exit code 3: sh -c/);
      assert.match(error.message, /\n {2}29\n/);
      assert.doesNotMatch(error.message, /\n {2}28\n/);
      assert.ok(error.message.endsWith(`\nAll of its output is in ${log}`));
      return true;
    });
  });

  it("says in one sentence that a program is missing", async () => {
    await assert.rejects(run("no-such-program", []), /no-such-program.*ENOENT/s);
  });

  it("ends a program that takes too long", async () => {
    const result = await tryRun("sleep", ["20"], { timeout: 100 });
    assert.equal(result.ok, false);
    assert.match(result.reason, /timed out/);
  });
});

describe("start", () => {
  it("leaves the program running until it is told to end", async () => {
    const running = await start("sh", ["-c", "echo here; exec sleep 20"]);
    while (running.output() === "") await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(running.output(), "here\n");
    running.kill();
    const { ok, reason } = await running.ended;
    assert.equal(ok, false);
    assert.match(reason, /SIGTERM/);
  });
});
