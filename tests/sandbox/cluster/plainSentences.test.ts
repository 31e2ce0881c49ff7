import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { packageProblem } from "../../../host/packages";
import { cgroupRoots, missingControllers } from "../../../sandbox/cluster/cgroups";
import { freePorts } from "../../../sandbox/cluster/freePorts";
import { explainEnd, lastLines } from "../../../sandbox/cluster/logs";
import { statusReport } from "../../../sandbox/cluster/reports";
import { startCluster } from "../../../sandbox/cluster/startCluster";
import { folderProblem } from "../../../sandbox/cluster/tier";

describe("why a process ended", () => {
  let folder: string;
  let log: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "k8s-test-logs-"));
    log = join(folder, "x.log");
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const cases = [
    ["listen tcp 127.0.0.1:6443: bind: address already in use", /took its port/],
    ["write /state/etcd/wal: no space left on device", /The disk is full/],
    [
      "mount: /etc: wrong fs type, bad option, bad superblock on overlay, missing codepage or helper",
      /takes no overlay.*set XDG_STATE_HOME/,
    ],
    ["I1 fine\nError: unknown flag: --x\nUsage:\n  etcd", /It said: Error: unknown flag: --x/],
    ["E1124 10:00:00 kubelet.go] failed to run\n\tat go:37", /It said: E1124 10:00:00 kubelet/],
    ['{"level":"fatal","msg":"no data"}', /no data/],
    ["just this", /It said: just this/],
    ["", /It said: nothing/],
  ] as const;
  for (const [text, words] of cases) {
    it(`is read from its log: "${text.split("\n")[0] ?? ""}"`, () => {
      writeFileSync(log, text);
      const sentence = explainEnd("etcd", "exit code 1", log);
      assert.match(sentence, words);
      assert.ok(sentence.startsWith("etcd ended (exit code 1).") && sentence.endsWith(log));
    });
  }

  it("is not made up where there is no log", () => {
    assert.deepEqual(lastLines(join(folder, "none"), 5), []);
  });
});

describe("the machine", () => {
  it("is told apart by its cgroup trees, of either version", () => {
    const two = "cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\nproc /proc proc rw 0 0\n";
    assert.deepEqual(cgroupRoots(two), ["/sys/fs/cgroup"]);
    const one =
      "cgroup /sys/fs/cgroup/cpu cgroup rw 0 0\ncgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0";
    assert.deepEqual(cgroupRoots(one), ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup/unified"]);
  });

  it("passes on to the pods what its kernel can count, and asks for no more", () => {
    const available = "cpuset cpu io memory pids\n";
    assert.deepEqual(missingControllers(available, "memory pids\n"), ["cpu", "cpuset"]);
    assert.deepEqual(missingControllers(available, "cpuset cpu io memory pids\n"), []);
    assert.deepEqual(missingControllers("", ""), []);
  });

  it("must keep the state of a node where the node does not hide it", () => {
    assert.match(
      String(folderProblem("/run/user/0/k8s-test")),
      /must not be below \/run\. Set XDG/,
    );
    assert.match(String(folderProblem(`/${"x".repeat(80)}`)), /too long for a socket/);
    assert.equal(folderProblem("/root/.local/state/k8s-test"), undefined);
  });

  it("is asked for a port for each server, all of them different", async () => {
    const ports = Object.values(await freePorts()) as number[];
    assert.equal(ports.length, 20);
    assert.equal(new Set(ports).size, 20);
    assert.ok(ports.every((port) => port > 1023));
  });

  it("is told which packages are missing, by name and with the command", () => {
    const needs = [
      { debianPackage: "nftables", isThere: () => false },
      { debianPackage: "iproute2", isThere: () => true },
    ];
    const problem = String(packageProblem(needs, false));
    assert.match(problem, /nftables/);
    assert.doesNotMatch(problem, /iproute2/);
    assert.equal(packageProblem(needs.slice(1), false), undefined);
  });
});

describe("a start that cannot succeed", () => {
  it("says so before anything is made: a bad name", async () => {
    await assert.rejects(startCluster({ name: "No Name" }), /cannot be a cluster's name/);
  });
});

describe("the report of a cluster", () => {
  it("names the others where there is none of this name", () => {
    assert.equal(statusReport("a", undefined, ["b"]), 'There is no cluster "a". Up: b.');
    assert.equal(
      statusReport("a", undefined, []),
      'There is no cluster "a", nor any other. Start one: npm start',
    );
  });
});
