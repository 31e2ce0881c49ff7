import { strict as assert } from "node:assert";
import { readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { RECORD_FILE, SAMPLES_FILE } from "../../../load/keepRecord";
import type { LoadRecord } from "../../../load/record";
import { LoadProcess, runLoadProcess, type LoadEnd } from "../../support/loadProcess";
import { loadSuite } from "../../support/loadSuite";

describe("npm run load, on a real node", () => {
  const { kubectl, flags, expectNoGenerator } = loadSuite("load-suite");
  const load = (...more: string[]): Promise<LoadEnd> => runLoadProcess(...flags(...more));

  /**
   * An autoscaler that does not scale. The test that passes has left four pods, and no load begins
   * where all that there may be are there: so it may have more.
   */
  const stopScaling = (): Promise<string> => {
    const patch = [
      { path: "/spec/maxReplicas", value: 6 },
      { path: "/spec/metrics/0/resource/target/averageUtilization", value: 100_000 },
    ].map((change) => ({ op: "replace", ...change }));
    return kubectl("patch", "hpa", "httpbin", "--type=json", "--patch", JSON.stringify(patch));
  };

  it("says that a target answers errors, and puts no load on it", async () => {
    const { exitCode, said } = await load("--path", "/status/503");
    assert.equal(exitCode, 1);
    assert.match(
      said,
      /\nhttp:\/\/httpbin\/status\/503 does not answer as it should \(status 503\), so that no load was put on it\. See/,
    );
    await expectNoGenerator();
  });

  it("passes where 4 pods are ready in time and no request fails, and keeps what it saw", async () => {
    const out = join(tmpdir(), `k8s-test-load-${String(process.pid)}`);
    const { exitCode, said } = await load("--seconds", "60", "--out", out);
    assert.equal(exitCode, 0, said);
    assert.match(said, /Passed: httpbin\/httpbin scales as it should\./);
    const record = JSON.parse(await readFile(join(out, RECORD_FILE), "utf8")) as LoadRecord;
    const { requests, events, samples, verdict } = record;
    assert.deepEqual(verdict.unchecked, ["The way back was not looked at (--no-scale-in)."]);
    // What was asked for each second, and what all of it came to, are counted apart.
    assert.equal(requests.failed, 0);
    assert.ok(requests.total > 5000, String(requests.total));
    assert.ok((samples.at(-1)?.traffic.requests ?? 0) <= requests.total);
    assert.ok((samples.at(-1)?.traffic.requests ?? 0) > 0.9 * requests.total);
    assert.deepEqual(
      events.filter(({ kind }) => kind === "warning"),
      [],
    );
    assert.equal(events.filter(({ kind }) => kind === "pod-ready").length, 3);
    const table = (await readFile(join(out, SAMPLES_FILE), "utf8")).trim().split("\n");
    assert.equal(table.length, samples.length + 1);
    const files = await readdir(out);
    assert.equal(files.filter((file) => file.endsWith(".png")).length, 4);
    await rm(out, { recursive: true });
    await expectNoGenerator();
  });

  it("fails where the autoscaler does not scale, with exit code 1", async () => {
    await stopScaling();
    const { exitCode, said } = await load("--seconds", "20", "--within", "20", "--rate", "50");
    assert.equal(exitCode, 1, said);
    assert.match(said, /FAILED: httpbin\/httpbin does not scale as it should\./);
    assert.match(said, / {2}FAILED {2}6 pods ready +never: at most 4 +\(within 20 s of the load\)/);
    assert.match(said, / {2}ok {6}failed requests +0 of \d{3,4} /);
    await expectNoGenerator();
  });

  it("leaves no generator when it is interrupted", async () => {
    await stopScaling();
    const running = await LoadProcess.start(flags("--seconds", "60"));
    await running.until(/load for 60 s: /);
    running.interrupt();
    const { exitCode, said } = await running.end;
    assert.equal(exitCode, 130, said);
    assert.match(said, /\nInterrupted\.$/);
    await expectNoGenerator();
  });
});
