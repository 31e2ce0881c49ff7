import { strict as assert } from "node:assert";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { exclusively } from "../../host/exclusive";

describe("exclusively", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-lock-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const onBusy = (): never => {
    throw new Error("busy");
  };

  it("lets one work after the other", async () => {
    const steps: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      steps.push(`${name} begins`);
      await sleep(300);
      steps.push(`${name} ends`);
    };
    await Promise.all(["a", "b"].map((name) => exclusively(folder, { onBusy }, work(name))));
    assert.equal(steps.length, 4);
    assert.equal(steps[0]?.charAt(0), steps[1]?.charAt(0));
    assert.equal(steps[2]?.charAt(0), steps[3]?.charAt(0));
  });

  it("refuses the second when the first is at work for longer than a dead one would be", async () => {
    const done = await exclusively(folder, { onBusy }, async () => {
      const second = exclusively(folder, { onBusy }, () => Promise.resolve());
      await assert.rejects(second, /busy/);
      return "done";
    });
    assert.equal(done, "done");
  });

  it("is free again after work that failed", async () => {
    const failing = (): Promise<void> => Promise.reject(new Error("failed"));
    await assert.rejects(exclusively(folder, { onBusy }, failing), /failed/);
    assert.equal(await exclusively(folder, { onBusy }, () => Promise.resolve(1)), 1);
  });

  it("stops waiting when it is told to", async () => {
    await exclusively(folder, { onBusy }, async () => {
      const signal = AbortSignal.timeout(300);
      const second = exclusively(folder, { onBusy, signal }, () => Promise.resolve());
      await assert.rejects(second, { name: /AbortError|TimeoutError/ });
    });
  });
});
