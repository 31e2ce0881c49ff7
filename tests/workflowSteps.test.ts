import { strict as assert } from "node:assert";
import { join } from "node:path";

import { hasGo } from "./support/goTools";
import { skip } from "./support/reporter";
import { Runner } from "./support/runStep";
import { STEPS } from "./support/workflowFiles";

const MISSING = "way-in: Name what is not set up";
const LOOK = "drift.yml, drift: Look";
const ISSUE = "drift.yml, drift: Keep one issue about it";
const FAILED =
  "preview.yml, preview: Say that it failed, in place of what an earlier one has shown";

/** Steps that are run by a test, as they are written: here, or where it says. */
const RUN: Readonly<Record<string, string>> = {
  [MISSING]: "here",
  [LOOK]: "here",
  [ISSUE]: "here",
  [FAILED]: "here",
  "preview.yml, not-set-up: Say so": "here",
  "up.yml, not-set-up: Say so": "here",
  "drift.yml, not-set-up: Say so": "here",
  "check.yml, preview: Preview the stack, in the sandbox": "tests/cluster/preview.test.ts",
};

/** Steps that no test can run, and why. */
const NOT_RUN: Readonly<Record<string, string>> = {
  "set-up: Install the packages": "It would take away the packages that the test is run with.",
  "check.yml, unit: Run the unit tests": "This test is one of them.",
  "check.yml, whole: Run all that needs no root": "This test is part of it.",
  "check.yml, node: Run the tests as root, which a node needs": "They would run inside themselves.",
  "check.yml, node: Give the tools back to who keeps them": "It is about a runner's own user.",
  "image.yml, build: npm ci": "It would take away the packages that the test is run with.",
  "image.yml, build: Build": "tests/extra/image does the same, without a runner's own builder.",
  "image.yml, build: Smoke test, with the archive that was just built": "It is that very test.",
  "image.yml, build: Put the archive where the next steps look for it": "There is none yet.",
  "image.yml, publish: Push both architectures by digest, and one index of them by tag":
    "It needs an account at Docker Hub.",
  "image.yml, publish: Sign the index and both images": "It needs the identity of a runner.",
};

/** Actions of others, which no test can run, and what each is trusted to do. */
const TRUSTED: Readonly<Record<string, string>> = {
  "actions/attest": "says where an image comes from, with the identity of a runner",
  "actions/cache": "keeps files for a later run",
  "actions/checkout": "fetches the repository",
  "actions/download-artifact": "fetches files of another job",
  "actions/setup-go": "installs Go",
  "actions/setup-node": "installs Node",
  "actions/upload-artifact": "keeps files for another job",
  "anchore/sbom-action": "lists what is in an image",
  "anchore/scan-action": "scans that list",
  "aws-actions/configure-aws-credentials": "takes a role, with the job's own token",
  "docker/login-action": "logs in to Docker Hub",
  "docker/setup-buildx-action": "installs a builder of images",
  "pulumi/actions": "installs Pulumi, runs it, and writes the comment",
  "sigstore/cosign-installer": "installs cosign",
  "tailscale/github-action": "joins the tailnet, with the job's own token",
};

/** What `way-in` is given where all is set up. */
const WHOLE = {
  STACK: "live",
  BACKEND: "s3://state",
  AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/preview",
  AWS_REGION: "eu-central-1",
  TS_CLIENT_ID: "kABC",
  TS_AUDIENCE: "api.tailscale.com/kABC",
};

describe("the steps of the workflows", () => {
  let runner: Runner;
  beforeEach(async () => {
    runner = await Runner.start();
  });
  afterEach(async () => {
    await runner.stop();
  });

  it("are each run by a test, or named here with why not", () => {
    const commands = STEPS.filter(({ run }) => run !== undefined).map(({ place }) => place);
    assert.deepEqual(commands.sort(), [...Object.keys(RUN), ...Object.keys(NOT_RUN)].sort());
  });

  it("leave to actions of others only what is named here", () => {
    const used = STEPS.flatMap(({ uses = "" }) => /^[^.@]+(?=@)/.exec(uses) ?? []);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(TRUSTED));
  });

  it("say in plain words that nothing is set up, and are no failure", async () => {
    for (const file of ["preview.yml", "up.yml", "drift.yml"]) {
      const { exitCode, all } = await runner.run(`${file}, not-set-up: Say so`);
      assert.equal(exitCode, 0, all);
      const summary = await runner.read("summary.md");
      assert.match(summary, /### No stack is \w+.*\n.*`PULUMI_STACKS`.*docs\/pull-requests\.md/s);
    }
  });

  it("name all at once what a stack's way in lacks", async () => {
    const nothing = Object.fromEntries(Object.keys(WHOLE).map((name) => [name, ""]));
    const { exitCode } = await runner.run(MISSING, { ...nothing, STACK: "live" });
    assert.equal(exitCode, 1);
    const summary = await runner.read("summary.md");
    assert.deepEqual(summary.match(/^- `\w+`/gm), [
      "- `PULUMI_BACKEND_URL`",
      "- `TS_CLIENT_ID`",
      "- `TS_AUDIENCE`",
      "- `AWS_ROLE_ARN`",
      "- `AWS_REGION`",
    ]);
  });

  it("ask of the stack at home nothing of AWS", async () => {
    const home = { ...WHOLE, STACK: "home", AWS_ROLE_ARN: "", AWS_REGION: "" };
    const { exitCode, all } = await runner.run(MISSING, home);
    assert.equal(exitCode, 0, all);
    assert.equal(all, "");
  });

  it("say nothing where all is set up", async () => {
    const { exitCode, all } = await runner.run(MISSING, WHOLE);
    assert.equal(exitCode, 0, all);
    assert.equal(all, "");
  });

  describe("that look for drift", () => {
    const env = { STACK: "live" };

    it("tell drift, and none, by the exit code of Pulumi", async () => {
      for (const [code, output] of [
        [0, "drifted=no\n"],
        [7, "drifted=no\ndrifted=yes\n"],
      ] as const) {
        await runner.standIn("pulumi", `echo "$@"; exit ${String(code)}`);
        const { exitCode, all } = await runner.run(LOOK, env);
        assert.equal(exitCode, 0, all);
        assert.equal(await runner.read("output"), output);
        assert.match(
          await runner.read("drift.txt"),
          /^refresh --preview-only --expect-no-changes .*--stack live$/m,
        );
      }
    });

    it("fail with what Pulumi says, where it could not look", async () => {
      await runner.standIn("pulumi", "echo 'error: no stack named live' >&2; exit 6");
      const { exitCode, all } = await runner.run(LOOK, env);
      assert.equal(exitCode, 6);
      assert.match(all, /error: no stack named live/);
      assert.equal(await runner.read("output"), "");
    });
  });

  describe("that say that a preview failed", () => {
    const HEADING = "#### :tropical_drink: `preview` on k8s-test/live";
    const SUMMARY = "<summary>Pulumi report</summary>";
    const env = {
      REPOSITORY: "owner/name",
      PULL_REQUEST: "3",
      HEADING,
      SUMMARY,
      RUN: "https://example.com/runs/1",
    };
    const login = "github-actions[bot]";
    const OTHERS = [
      { id: 5, user: { login: "octocat" }, body: `${HEADING}\n${SUMMARY}` },
      { id: 6, user: { login }, body: `${HEADING.replace("live", "home")}\n${SUMMARY}` },
    ];

    /** What `gh` was asked to write, where the pull request has these comments. */
    async function written(comments: object[]): Promise<string> {
      await runner.standIn(
        "gh",
        `if [[ "$3" == --jq ]]; then
          [[ "$2" == repos/owner/name/issues/3/comments ]]
          cd ${join(__dirname, "tools", "workflows")}
          echo '${JSON.stringify(comments)}' | go tool gojq -r "$4"
        else
          echo "$@" >> written
        fi`,
      );
      const { exitCode, all } = await runner.run(FAILED, env);
      assert.equal(exitCode, 0, all);
      return runner.read("written");
    }

    before(async function () {
      if (!(await hasGo())) skip(this, "needs Go");
    });

    it("are of the job's stack, and begin as the action's comments do", () => {
      const { env: given = {} } = STEPS.find(({ place }) => place === FAILED) ?? {};
      assert.equal(given["HEADING"], HEADING.replace("live", "${{ matrix.stack }}"));
      assert.equal(given["SUMMARY"], SUMMARY);
    });

    it("write a comment where there is none", async () => {
      assert.equal(
        await written(OTHERS),
        `api --silent --method POST repos/owner/name/issues/3/comments --raw-field body=${HEADING}\n\n` +
          `<details open>\n${SUMMARY}\n\nThe preview failed: https://example.com/runs/1 says why.\n\n</details>\n`,
      );
    });

    it("write anew what an earlier preview of the stack has shown", async () => {
      const earlier = { id: 7, user: { login }, body: `${HEADING}\n\n<details>\n${SUMMARY}\n` };
      assert.match(
        await written([...OTHERS, earlier]),
        /^api --silent --method PATCH repos\/owner\/name\/issues\/comments\/7 --raw-field body=####/,
      );
    });
  });

  describe("that keep one issue", () => {
    const TITLE = "Stack live has drifted";
    const env = { STACK: "live", TITLE, RUN: "https://example.com/runs/1", GH_TOKEN: "none" };
    /** As gh names who wrote an issue: a workflow, and a person. */
    const workflow = { is_bot: true, login: "app/github-actions" };
    const person = { id: "U_1", is_bot: false, login: "octocat", name: "" };
    const OTHERS = [
      { number: 6, title: TITLE, author: person },
      { number: 7, title: "Stack home has drifted", author: workflow },
    ];
    const OURS = [...OTHERS, { number: 8, title: TITLE, author: workflow }];

    /** What `gh` was asked to do, beside listing. */
    async function asked(issues: object[], drifted: "yes" | "no"): Promise<string> {
      // What is asked of the list is gh's own language: the very library that gh has answers it.
      await runner.standIn(
        "gh",
        `if [[ "$1 $2" == "issue list" ]]; then
          echo "$@" > listed
          while [[ "$1" != --jq ]]; do shift; done
          cd ${join(__dirname, "tools", "workflows")}
          echo '${JSON.stringify(issues)}' | go tool gojq -r "$2"
        else
          echo "$@" >> asked
        fi`,
      );
      await runner.standIn("pulumi", "echo '~ one line of the diff'; exit 7");
      await runner.run(LOOK, env);
      const { exitCode, all } = await runner.run(ISSUE, { ...env, DRIFTED: drifted });
      assert.equal(exitCode, 0, all);
      return runner.read("asked");
    }

    before(async function () {
      if (!(await hasGo())) skip(this, "needs Go");
    });

    it("open one where a stack has drifted, with what Pulumi said", async () => {
      assert.equal(
        await asked(OTHERS, "yes"),
        `issue create --title ${TITLE} --body-file issue.md\n`,
      );
      const body = await runner.read("issue.md");
      assert.match(body, /as of https:\/\/example\.com\/runs\/1/);
      assert.match(body, /\n~~~~~~~~~~text\n~ one line of the diff\n\n~~~~~~~~~~\n$/);
    });

    it("look through all that are open, and leave to gh nothing of who wrote them", async () => {
      await asked(OURS, "yes");
      const listed = await runner.read("listed");
      assert.match(
        listed,
        /^issue list --state open --limit 1000 --json number,title,author --jq /,
      );
    });

    it("write anew the one that is open, and leave a person's of that name alone", async () => {
      assert.equal(await asked(OURS, "yes"), "issue edit 8 --body-file issue.md\n");
    });

    it("close it once the stack is as Pulumi left it", async () => {
      assert.equal(
        await asked(OURS, "no"),
        "issue close 8 --comment It is as Pulumi left it: https://example.com/runs/1\n",
      );
    });

    it("do nothing where there is no drift and no issue", async () => {
      assert.equal(await asked(OTHERS, "no"), "");
    });
  });
});
