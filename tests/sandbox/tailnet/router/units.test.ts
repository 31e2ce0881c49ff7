import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { tryRun } from "../../../../host/run";
import {
  readEnvironment,
  readUnit,
  runnerScript,
  setting,
} from "../../../../sandbox/tailnet/router/units";

const FOLDER = join(__dirname, "../../../../components/live/router");

/** Settings of the service and the timer that the runner acts on, or that only name things. */
const KNOWN = {
  service: [
    ...["Description", "Wants", "After", "StartLimitIntervalSec", "Type", "EnvironmentFile"],
    ...["StateDirectory", "ExecStart", "Restart", "RestartSec", "TimeoutStartSec"],
  ],
  timer: ["Description", "OnBootSec", "OnUnitInactiveSec", "AccuracySec", "WantedBy"],
};

describe("the runner of the router's units", () => {
  let service: string;
  let timer: string;
  let folder: string;

  before(async () => {
    service = await readFile(join(FOLDER, "tailnet-router.service"), "utf8");
    timer = await readFile(join(FOLDER, "tailnet-router.timer"), "utf8");
    folder = await mkdtemp(join(tmpdir(), "k8s-test-units-"));
  });
  after(() => rm(folder, { recursive: true }));

  const names = (unit: string): (string | undefined)[] =>
    [...unit.matchAll(/^(\w+)=/gm)].map(([, name]) => name);

  it("runs what the service and its timer say, as often as they say", () => {
    assert.deepEqual(readUnit(service, timer), {
      start: "/usr/local/sbin/tailnet-router join",
      stateDirectory: "tailnet-router",
      environmentFile: "/etc/tailnet-router.env",
      timeoutSeconds: 240,
      retrySeconds: 10,
      againSeconds: 60,
    });
    assert.equal(setting(timer, "OnBootSec"), "0");
    assert.equal(setting(service, "Restart"), "on-failure");
  });

  it("knows each setting of the service and its timer", () => {
    assert.deepEqual(names(service), KNOWN.service);
    assert.deepEqual(names(timer), KNOWN.timer);
  });

  it("refuses a unit in which a setting is missing, or twice", () => {
    assert.throws(() => setting("[Service]\n", "ExecStart"), /ExecStart is 0 times in the unit/);
    assert.throws(() => setting("A=1\nA=2\n", "A"), /A is 2 times in the unit/);
  });

  it("tries again sooner where it failed, with the unit's environment and state", async () => {
    const calls = join(folder, "calls");
    const command = join(folder, "command");
    // Fails twice. What is slept is noted, and the third sleep ends it.
    await writeFile(
      command,
      `#!/bin/sh\necho "run $ROUTER_TAG $STATE_DIRECTORY" >>${calls}\n[ "$(grep -c run ${calls})" -gt 2 ]\n`,
      { mode: 0o755 },
    );
    const stubs = [
      `sleep() { echo "sleep $1" >>${calls}; [ "$1" != 60 ] || exit 0; }`,
      "mkdir() { :; }",
    ];
    const unit = { ...readUnit(service, timer), start: command };
    const environment = readEnvironment("ROUTER_TAG=tag:it's=one\n\n# none\n");
    const script = `${stubs.join("\n")}\n${runnerScript(unit, environment)}`;
    const { ok, all } = await tryRun("sh", ["-c", script], { timeout: 10_000 });
    assert.ok(ok, all);
    const run = "run tag:it's=one /var/lib/tailnet-router";
    assert.deepEqual((await readFile(calls, "utf8")).trim().split("\n"), [
      ...[run, "sleep 10", run, "sleep 10"],
      ...[run, "sleep 60"],
    ]);
  });
});
