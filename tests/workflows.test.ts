import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { tryRun } from "../host/run";
import { UserError } from "../host/userError";
import { TOOLS } from "../sandbox/toolchain/tools";
import { versions } from "../versions";
import { goTool, hasGo } from "./support/goTools";
import { linter } from "./support/linters";
import { skip } from "./support/reporter";
import { shellcheck } from "./support/shellcheck";
import { STEPS, TEXTS, WORKFLOW_BY_NAME, WORKFLOW_FILES } from "./support/workflowFiles";

const ROOT = join(__dirname, "..");

/** Permissions with which a job can change something. */
const WRITES: Readonly<Record<string, readonly string[]>> = {
  "image.yml, publish": ["id-token", "attestations"],
  "preview.yml, preview": ["id-token", "pull-requests"],
  "up.yml, up": ["id-token"],
  "drift.yml, drift": ["id-token", "issues"],
};

describe("the workflows", () => {
  it("pass actionlint", async function () {
    // The first time it is built.
    this.timeout(300_000);
    if (!(await hasGo())) skip(this, "needs Go");
    // What it finds must not depend on which other linters the machine has.
    const args = ["-no-color", "-shellcheck=", "-pyflakes=", ...WORKFLOW_FILES];
    const { exitCode, stdout } = await goTool("workflows", "actionlint", args);
    assert.equal(exitCode, 0, stdout);
  });

  it("pass zizmor, pedantic", async function () {
    this.timeout(300_000);
    const zizmor = await linter("zizmor").catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error;
      return skip(this, "needs Python with venv");
    });
    const args = ["--offline", "--no-progress", "--color=never", "--persona", "pedantic"];
    const result = await tryRun(zizmor, [...args, join(ROOT, ".github")]);
    assert.match(result.all, /completed .*\/workflows\/drift\.yml/);
    assert.match(result.all, /No findings to report/);
    assert.equal(result.exitCode, 0, result.all);
  });

  it("have commands that ShellCheck finds nothing in", async function () {
    this.timeout(300_000);
    const program = await shellcheck();
    if (program === undefined) skip(this, "needs ShellCheck, or Python with venv to install it");
    const commands = STEPS.filter(({ run }) => run !== undefined);
    assert.ok(commands.length > 10);
    for (const { place, run = "" } of commands) {
      const { exitCode, all } = await tryRun(program, ["--shell=bash", "-"], { input: run });
      assert.equal(exitCode, 0, `${place}\n${all}`);
    }
  });

  it("name each action of others by its commit, and say which version that is", () => {
    const uses = TEXTS.flatMap((text) => [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)]);
    assert.ok(uses.length > 20);
    for (const [, used = ""] of uses) {
      assert.match(used, /^(\.\/\S+|[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+\.\d+)?)$/);
    }
  });

  it("name one commit for an action, wherever it is used", () => {
    const used = new Set(TEXTS.flatMap((text) => text.match(/[\w-]+\/[\w-]+@[0-9a-f]{40}/g) ?? []));
    const names = [...used].map((each) => each.split("@")[0]);
    assert.deepEqual(names, [...new Set(names)]);
  });

  it("have a limit of time for each job, and no permission that is not named", () => {
    for (const [file, { permissions, jobs }] of Object.entries(WORKFLOW_BY_NAME)) {
      assert.deepEqual(permissions, {}, file);
      for (const [name, job] of Object.entries(jobs)) {
        const place = `${file}, ${name}`;
        assert.equal(typeof job["timeout-minutes"], "number", place);
        const writes = Object.entries(job.permissions ?? {}).filter(([, what]) => what === "write");
        assert.deepEqual(
          writes.map(([what]) => what),
          WRITES[place] ?? [],
          place,
        );
      }
    }
  });

  it("give the check of a fork no secret, no variable, and no environment", () => {
    const [check = ""] = TEXTS.filter((text) => text.includes("\nname: check\n"));
    assert.doesNotMatch(check, /secrets\.|vars\.|environment:|pull_request_target/);
  });

  it("skip no job of the check, as one that is skipped counts as passed", () => {
    const jobs = Object.entries(WORKFLOW_BY_NAME["check.yml"]?.jobs ?? {});
    assert.ok(jobs.length > 3);
    for (const [name, job] of jobs) assert.equal(job.if, undefined, name);
  });

  it("publish nothing that was built with what another run has kept", () => {
    const [image = ""] = TEXTS.filter((text) => text.includes("\nname: image\n"));
    assert.doesNotMatch(image, /actions\/cache|uses: \.\//);
    assert.match(image, /package-manager-cache: false/);
  });

  it("join the tailnet with the Tailscale that the router has", () => {
    const [way = ""] = TEXTS.filter((text) => text.startsWith("name: way in\n"));
    assert.equal(/^ +version: (.*)$/m.exec(way)?.[1], versions.tailscale);
  });

  it("install the Pulumi that the sandbox has", async () => {
    const pinned = await readFile(join(ROOT, ".pulumi.version"), "utf8");
    const own = TOOLS.find(({ name }) => name === "pulumi")?.version;
    assert.equal(`v${pinned.trim()}`, own);
  });
});
