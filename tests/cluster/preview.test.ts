import { strict as assert } from "node:assert";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ROOT } from "../support/command";
import { Runner } from "../support/runStep";

const STEP = "check.yml, preview: Preview the stack, in the sandbox";

describe("the offline preview of a pull request", () => {
  let runner: Runner;
  let state: string;
  before(async () => {
    runner = await Runner.start();
    // Where no cluster of this machine's user is.
    state = await mkdtemp(join(tmpdir(), "k8s-test-preview-"));
  });
  after(async () => {
    await runner.stop();
    await rm(state, { recursive: true });
  });

  for (const [stack, heading, resource] of [
    ["home", /^### Stack `home`: \d+ to create$/m, "kubernetes:traefik.io/v1alpha1:Middleware"],
    ["live", /^### Stack `live`: \d+ to create$/m, "aws:eks/cluster:Cluster"],
  ] as const) {
    it(`shows all of the stack ${stack}, and adds a summary to the job's`, async () => {
      const env = { STACK: stack, XDG_STATE_HOME: state };
      const { exitCode, all } = await runner.run(STEP, env, ROOT);
      assert.equal(exitCode, 0, all);
      const summary = await runner.read("summary.md");
      assert.match(summary, heading);
      assert.ok(summary.includes(`| \`${resource}\` |`), summary);
    });
  }
});
