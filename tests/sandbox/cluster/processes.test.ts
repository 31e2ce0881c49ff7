import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";

import { isAlive, parseStat, startOf } from "../../../sandbox/cluster/processIdentity";
import { spawn, startProcess, stopProcess } from "../../../sandbox/cluster/processes";

describe("a process", () => {
  let logs: string;

  beforeEach(async () => {
    logs = await mkdtemp(join(tmpdir(), "k8s-test-processes-"));
  });
  afterEach(() => rm(logs, { recursive: true }));

  it("is known by when it started, whatever its name", () => {
    const tail = "S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4242 20";
    assert.equal(parseStat(`12 (a) b) ${tail}`), "4242");
  });

  it("counts as ended when only its exit code is left", () => {
    assert.equal(
      parseStat("12 (sh) Z 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4242 20"),
      undefined,
    );
  });

  it("that runs is found, and one that does not run is not", async () => {
    assert.ok(await startOf(process.pid));
    assert.equal(await startOf(2 ** 22 + 1), undefined);
  });

  it("writes to its own log, has its config first, and ends when it is told to", async () => {
    const path = join(logs, "config", "x.conf");
    const component = {
      name: "x",
      tool: "sh",
      args: ["-c", `cat ${path}; echo oops >&2; exec sleep 60`],
      files: [{ path, text: "configured\n" }],
      ready: { socket: "" },
    };
    const { record, ended } = await startProcess(component, { command: "/bin/sh", logs });
    assert.ok(await isAlive(record));
    while (!(await readFile(record.log, "utf8")).includes("oops")) continue;
    assert.equal(await readFile(record.log, "utf8"), "configured\noops\n");
    await stopProcess(record);
    assert.equal(await ended, "SIGTERM");
    assert.ok(!(await isAlive(record)));
  });

  it("has its variables in its command line, so that its record is enough to start it again", async () => {
    const component = {
      name: "x",
      tool: "sh",
      args: ["-c", "echo $SANDBOX_A-$SANDBOX_B"],
      environment: { SANDBOX_A: "one", SANDBOX_B: "t w o" },
      ready: { socket: "" },
    };
    const { record, ended } = await startProcess(component, { command: "/bin/sh", logs });
    await ended;
    const again = await spawn("again", record.command, { logs });
    await again.ended;
    for (const { log } of [record, again.record]) {
      assert.equal(await readFile(log, "utf8"), "one-t w o\n");
    }
  });

  it("that has been given the number of another is left alone", async () => {
    const { record } = await spawn("bystander", ["sleep", "60"], { logs });
    await stopProcess({ ...record, started: "of another" });
    assert.ok(await isAlive(record));
    await stopProcess(record);
    assert.ok(!(await isAlive(record)));
  });

  it("that takes no notice is killed, and its children with it", async () => {
    const script = 'trap "" TERM; sleep 60 & echo $!; while :; do sleep 1; done';
    const { record } = await spawn("stubborn", ["sh", "-c", script], { logs });
    let child = Number.NaN;
    while (!(child > 0)) child = Number.parseInt(await readFile(record.log, "utf8"), 10);
    await stopProcess(record, ["SIGKILL"]);
    // The kernel ends the children of a group in no order: a child may be a moment later.
    while ((await startOf(child)) !== undefined) await setImmediate();
  });

  it("that cannot be started says why", async () => {
    await assert.rejects(
      spawn("x", ["/no/such/program"], { logs }),
      /x could not be started.*ENOENT/,
    );
  });
});
