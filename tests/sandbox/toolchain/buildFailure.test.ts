import { strict as assert } from "node:assert";

import { explainBuildFailure } from "../../../sandbox/toolchain/buildFailure";

describe("explainBuildFailure", () => {
  const cases = [
    ["write /x/b001/_pkg_.a: no space left on device", /The disk is full/],
    ["dial tcp 10.0.0.1:443: i/o timeout", /could not be downloaded.*GOPROXY/],
    ["verifying m@v1: checksum mismatch", /not the pinned one/],
    ['cgo: C compiler "gcc" not found', /install gcc, pkg-config and libseccomp-dev/],
    ["compile: signal: killed", /want of memory/],
    ["# some/package\na.go:1: undefined: x", /a\.go:1: undefined: x/],
  ] as const;
  for (const [output, words] of cases) {
    it(`reads "${output.split("\n")[0] ?? ""}"`, () => {
      const sentence = explainBuildFailure("etcd", output, "/logs/etcd.log");
      assert.match(sentence, words);
      assert.match(sentence, /^etcd could not be built\..*The whole log: \/logs\/etcd\.log$/);
    });
  }
});
