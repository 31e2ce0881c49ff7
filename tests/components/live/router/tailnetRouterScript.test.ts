import { strict as assert } from "node:assert";

import { userData } from "../../../../components/live/router/userData";
import { INSTANCE, RouterMachine, SECRET } from "../../../support/routerMachine";

const USER_DATA = userData({
  region: "eu-central-1",
  group: "live-tailnet-router",
  hook: "joined-tailnet",
  parameter: "/k8s-test/live/tailnet-router",
  hostnamePrefix: "live-eu-central-1-router-",
  tag: "tag:router",
  route: "10.80.0.0/16",
  tailscaleVersion: "1.2.3",
});

const LOG_IN =
  "tailscale up --reset --timeout=60s --auth-key=file:/dev/stdin " +
  `--hostname=live-eu-central-1-router-${INSTANCE} --advertise-tags=tag:router ` +
  "--advertise-routes=10.80.0.0/16 --accept-dns=false";
const READ_KEY =
  "aws ssm get-parameter --name /k8s-test/live/tailnet-router --with-decryption " +
  "--query Parameter.Value --output text";
const ENTER_SERVICE =
  "aws autoscaling complete-lifecycle-action --auto-scaling-group-name live-tailnet-router " +
  `--lifecycle-hook-name joined-tailnet --instance-id ${INSTANCE} --lifecycle-action-result CONTINUE`;
const INSTALL = "dnf --assumeyes --setopt=install_weak_deps=False install tailscale-1.2.3";

/** Those calls that change something. */
function actions(calls: readonly string[]): string[] {
  return calls.filter((call) => !/^(curl|rpm|sleep|tailscale status) /.test(call));
}

describe("tailnet-router.sh", () => {
  let machine: RouterMachine;
  beforeEach(async () => {
    machine = await RouterMachine.boot(USER_DATA);
  });
  afterEach(async () => {
    await machine.remove();
  });

  it("forwards, installs the pinned version, joins, and only then has itself counted", async () => {
    const { exitCode, all } = await machine.run("join");
    assert.equal(exitCode, 0, all);
    assert.deepEqual(actions(await machine.calls()), [
      "sysctl --quiet --load /etc/sysctl.d/99-tailnet-router.conf",
      INSTALL,
      "systemctl enable --now tailscaled.service",
      READ_KEY,
      LOG_IN,
      ENTER_SERVICE,
    ]);
  });

  it("leaves alone what is done already", async () => {
    await machine.run("join");
    await machine.calls();
    const { exitCode, all } = await machine.run("join");
    assert.equal(exitCode, 0, all);
    assert.deepEqual(actions(await machine.calls()), [
      "sysctl --quiet --load /etc/sysctl.d/99-tailnet-router.conf",
      "systemctl enable --now tailscaled.service",
    ]);
  });

  it("is not counted before the tailnet has seen it, though it has logged in", async () => {
    await machine.set("never-online", "yes");
    const { exitCode, stderr } = await machine.run("join");
    assert.equal(exitCode, 1);
    assert.match(stderr, /tailscaled is Running, and not online after a minute\./);
    const calls = await machine.calls();
    assert.ok(calls.includes(LOG_IN));
    assert.ok(!calls.includes(ENTER_SERVICE));
    assert.equal(calls.filter((call) => call === "sleep 2").length, 30);
  });

  for (const state of ["Running", "Starting"]) {
    it(`does not log in again while it is only cut off: ${state}`, async () => {
      await machine.set("installed", "yes");
      await machine.set("backend", state);
      await machine.set("never-online", "yes");
      assert.equal((await machine.run("join")).exitCode, 1);
      const calls = await machine.calls();
      assert.ok(!calls.includes(READ_KEY));
      assert.ok(!calls.includes(LOG_IN));
    });
  }

  it("stops at the first thing that fails", async () => {
    await machine.set("fail-imds", "1");
    assert.notEqual((await machine.run("join")).exitCode, 0);
    const calls = await machine.calls();
    assert.equal(calls.length, 1);
    assert.match(calls[0] ?? "", /^curl .*\/latest\/api\/token$/);
  });

  it("joins again, uncounted, once the tailnet has dropped it", async () => {
    await machine.run("join");
    await machine.set("backend", "NeedsLogin");
    await machine.calls();
    assert.equal((await machine.run("join")).exitCode, 0);
    const calls = await machine.calls();
    assert.ok(calls.includes(LOG_IN));
    assert.ok(!calls.includes(ENTER_SERVICE));
  });

  for (const step of ["imds", "dnf", "ssm", "up", "lifecycle"]) {
    it(`fails where ${step} fails, and goes on from there when it is run again`, async () => {
      await machine.set(`fail-${step}`, "1");
      assert.notEqual((await machine.run("join")).exitCode, 0);
      const before = await machine.calls();
      const { exitCode, all } = await machine.run("join");
      assert.equal(exitCode, 0, all);
      const after = await machine.calls();

      assert.ok(after.includes(ENTER_SERVICE));
      assert.equal(before.includes(ENTER_SERVICE), step === "lifecycle");
      assert.equal(before.includes(LOG_IN) && after.includes(LOG_IN), step === "up");
      assert.equal(before.includes(INSTALL) && after.includes(INSTALL), step === "dnf");
    });
  }

  it("hands the key over by a pipe: it is in no argument and no file", async () => {
    const { all } = await machine.run("join");
    const secret = "kNever-SeenAnywhere";
    assert.ok(SECRET.includes(secret));
    assert.ok(!(await machine.written()).includes(secret));
    assert.ok(!all.includes(secret));
    assert.ok(!USER_DATA.includes(secret));
  });

  it("leaves the tailnet when the group takes the instance out", async () => {
    await machine.set("target", "Terminated");
    assert.equal((await machine.run("leave")).exitCode, 0);
    assert.deepEqual(actions(await machine.calls()), ["tailscale logout"]);
  });

  it("stays on the tailnet over a reboot, as the device whose route is approved", async () => {
    assert.equal((await machine.run("leave")).exitCode, 0);
    assert.deepEqual(actions(await machine.calls()), []);
  });

  it("says what it can be told", async () => {
    const { exitCode, stderr } = await machine.run("nothing");
    assert.equal(exitCode, 2);
    assert.match(stderr, /usage: .* join\|leave/);
  });
});
