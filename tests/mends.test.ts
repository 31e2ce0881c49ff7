import { strict as assert } from "node:assert";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { loadSettings } from "../config";
import { ConfigError, type ConfigProblem } from "../settings/problem";
import { fixtures } from "./support/fixtures";
import { kubeconfig } from "./support/kubeconfig";
import { ProgramError, runProgram } from "./support/program";
import { apply, commandOf } from "./support/pulumiConfig";
import { readStackFile, type StackFile } from "./support/stackFile";

/** More than it takes for problems that hide others to come up one after the other. */
const ROUNDS = 6;

async function problemsOf(options: StackFile): Promise<readonly ConfigProblem[]> {
  try {
    await runProgram(loadSettings, options);
    return [];
  } catch (error) {
    assert.ok(error instanceof ProgramError);
    assert.ok(error.cause instanceof ConfigError, String(error.cause));
    return error.cause.problems;
  }
}

/**
 * Does what a mend says, as far as it is a command that needs nothing else.
 *
 * @returns whether it was one: not where a secret is asked for, or a file is to be mended first.
 */
async function mend(options: StackFile, problem: ConfigProblem): Promise<boolean> {
  const command = await commandOf(problem.mend);
  if (command === undefined || (command.verb === "set" && command.value === undefined))
    return false;
  apply(options.config, command);
  const [top] = command.path;
  if (command.path.length === 1) {
    options.secrets = options.secrets.filter((key) => key !== `k8s-test:${String(top)}`);
  }
  return true;
}

describe("the mends", () => {
  // Where a mend names ~/.kube/config, there is one.
  const realHome = homedir();
  let home = "";
  before(async () => {
    home = await mkdtemp(join(tmpdir(), "k8s-test-home-"));
    await mkdir(join(home, ".kube"));
    await writeFile(join(home, ".kube", "config"), kubeconfig());
    process.env["HOME"] = home;
  });
  after(async () => {
    process.env["HOME"] = realHome;
    await rm(home, { recursive: true });
  });

  for (const { reason, stackFile } of fixtures("invalid")) {
    it(`lead to a config that is accepted, and never in a circle: ${reason}`, async () => {
      const options = await readStackFile(stackFile);
      const mended = new Set<string>();
      let problems = await problemsOf(options);
      assert.notEqual(problems.length, 0);
      for (let round = 0; round < ROUNDS && problems.length > 0; round++) {
        let count = 0;
        for (const problem of problems) {
          assert.ok(!mended.has(problem.key), `${problem.key} is back: ${problem.allowed}`);
          if (!(await mend(options, problem))) continue;
          mended.add(problem.key);
          count++;
        }
        if (count === 0) return;
        problems = await problemsOf(options);
      }
      assert.deepEqual(problems, []);
    });
  }
});
