import { strict as assert } from "node:assert";

import { asPod } from "../../image/podSpec";

const spec = {
  process: {
    terminal: true,
    user: { uid: 0, gid: 0 },
    args: ["/usr/bin/python3.13"],
    capabilities: { effective: ["CAP_KILL"] },
    rlimits: [{ type: "RLIMIT_NOFILE", hard: 1024, soft: 1024 }],
  },
  root: { path: "rootfs" },
  mounts: [{ destination: "/proc", type: "proc", source: "proc" }],
  linux: { namespaces: [{ type: "network" }] },
};

describe("asPod", () => {
  const pod = asPod(spec, { memory: 128 * 2 ** 20, cores: 0.5 }, "/k8s-test/one");

  it("runs as the user of the pods, with no capability and no way to gain one", () => {
    assert.deepEqual(pod.process, {
      terminal: false,
      user: { uid: 65532, gid: 65532, additionalGids: [65532] },
      args: ["/usr/bin/python3.13"],
      capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
      rlimits: [],
      noNewPrivileges: true,
    });
  });

  it("can write to /tmp alone", () => {
    assert.deepEqual(pod.root, { path: "rootfs", readonly: true });
    assert.deepEqual(
      pod.mounts.map(({ destination }) => destination),
      ["/proc", "/tmp"],
    );
  });

  it("takes no more memory and processor time than it may, in a network of its own", () => {
    assert.deepEqual(pod.linux, {
      namespaces: [{ type: "network" }],
      cgroupsPath: "/k8s-test/one",
      resources: {
        memory: { limit: 134217728 },
        cpu: { quota: 50_000, period: 100_000 },
      },
    });
  });
});
