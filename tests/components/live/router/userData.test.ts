import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { isInstalled } from "../../../../host/tools";
import { tryRun } from "../../../../host/run";
import { userData } from "../../../../components/live/router/userData";
import { skip } from "../../../support/reporter";
import { contentOf } from "../../../support/routerMachine";
import { shellcheck } from "../../../support/shellcheck";

const GOLDEN = join(__dirname, "../../../fixtures/router/user-data.txt");

/** Bytes that EC2 takes, before they are encoded. */
const LIMIT = 16_384;

const UNITS = ["tailnet-router.service", "tailnet-router.timer", "tailnet-router-leave.service"];

const actual = userData({
  region: "eu-central-1",
  group: "live-tailnet-router",
  hook: "joined-tailnet",
  parameter: "/k8s-test/live/tailnet-router",
  hostnamePrefix: "live-eu-central-1-router-",
  tag: "tag:router",
  route: "10.80.0.0/16",
  tailscaleVersion: "1.2.3",
});

describe("userData", () => {
  it("is what tests/fixtures/router/user-data.txt says, to the letter", async () => {
    assert.equal(actual, await readFile(GOLDEN, "utf8"));
  });

  it("is as short as EC2 wants it", () => {
    assert.ok(Buffer.byteLength(actual) < LIMIT);
  });

  it("writes files whose programs and units it names alike everywhere", () => {
    for (const unit of UNITS) {
      const text = contentOf(actual, `/etc/systemd/system/${unit}`);
      for (const [, path = ""] of text.matchAll(/=(\/(?:etc|usr\/local)\/\S+)/g)) {
        assert.notEqual(contentOf(actual, path), "", path);
      }
    }
    const { runcmd } = parse(actual) as { runcmd: string[][] };
    assert.deepEqual(runcmd, [
      ["systemctl", "daemon-reload"],
      ["systemctl", "enable", "--now", "tailnet-router.timer", "tailnet-router-leave.service"],
    ]);
  });

  it("joins anew whenever that failed, for as long as it takes", () => {
    const service = contentOf(actual, "/etc/systemd/system/tailnet-router.service");
    for (const line of ["Restart=on-failure", "RestartSec=10", "StartLimitIntervalSec=0"]) {
      assert.ok(service.split("\n").includes(line), line);
    }
    const timer = contentOf(actual, "/etc/systemd/system/tailnet-router.timer");
    for (const line of ["OnBootSec=0", "OnUnitInactiveSec=60"]) {
      assert.ok(timer.split("\n").includes(line), line);
    }
  });

  it("forwards both kinds of addresses", () => {
    assert.equal(
      contentOf(actual, "/etc/sysctl.d/99-tailnet-router.conf"),
      "net.ipv4.ip_forward = 1\nnet.ipv6.conf.all.forwarding = 1\n",
    );
  });

  it("takes signed packages of a signed repository only", () => {
    const repository = contentOf(actual, "/etc/yum.repos.d/tailscale.repo").split("\n");
    assert.ok(repository.includes("gpgcheck=1"));
    assert.ok(repository.includes("repo_gpgcheck=1"));
  });

  describe("on disk", () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), "k8s-test-"));
      await writeFile(
        join(folder, "tailnet-router.sh"),
        contentOf(actual, "/usr/local/sbin/tailnet-router"),
      );
      for (const unit of UNITS) {
        // The programs of that machine are not on this one.
        const text = contentOf(actual, `/etc/systemd/system/${unit}`);
        await writeFile(
          join(folder, unit),
          text.replaceAll("/usr/local/sbin/tailnet-router", "/bin/true"),
        );
      }
    });
    after(async () => {
      await rm(folder, { recursive: true });
    });

    it("has a script that bash can read", async () => {
      const { exitCode, all } = await tryRun("bash", ["-n", join(folder, "tailnet-router.sh")]);
      assert.equal(exitCode, 0, all);
    });

    it("has a script that ShellCheck finds nothing in", async function () {
      this.timeout(300_000);
      const program = await shellcheck();
      if (program === undefined) skip(this, "needs ShellCheck, or Python with venv to install it");
      const { exitCode, all } = await tryRun(program, [join(folder, "tailnet-router.sh")]);
      assert.equal(exitCode, 0, all);
    });

    it("has units that systemd finds nothing wrong with", async function () {
      if (!(await isInstalled("systemd-analyze"))) skip(this, "needs systemd");
      const files = UNITS.map((unit) => join(folder, unit));
      const { exitCode, all } = await tryRun("systemd-analyze", ["verify", "--man=no", ...files]);
      assert.equal(exitCode, 0, all);
      assert.ok(!all.includes(folder), all);
    });
  });
});
