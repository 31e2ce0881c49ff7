import { strict as assert } from "node:assert";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { run, tryRun } from "../../../host/run";
import { sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { upStack } from "../../../sandbox/stack/upStack";
import { ROOT } from "../../support/command";
import { startPulumi, type EngineResult } from "../../support/engine";
import { Runner } from "../../support/runStep";
import { ownStateFolder } from "../../support/ownStateFolder";

const NAME = "previews";
const STACK = "live";
const LOOK = "drift.yml, drift: Look";
const RIGHTS = join(ROOT, "docs", "preview-policy", "kubernetes.yaml");

/** Group of a service account that plays who previews: here, EKS puts nobody into a group. */
const GROUP = `system:serviceaccounts:${NAME}`;

describe("Who previews the stack live, with a real API server", () => {
  ownStateFolder(NAME);
  let place: Place;
  let kubeconfig = "";

  const kubectl = (...args: string[]): Promise<string> =>
    run("kubectl", args, { env: { ...place.engine.env } });
  const asPreviewer = async (...args: string[]): Promise<string> => {
    const { all } = await tryRun("kubectl", [`--kubeconfig=${kubeconfig}`, ...args], {
      env: { ...place.engine.env },
    });
    return all;
  };
  const pulumi = async (...args: string[]): Promise<EngineResult> => {
    const { folders, env } = place.engine;
    const running = await startPulumi([...args, "--stack", STACK], { cwd: folders.project, env });
    const { exitCode, all } = await running.result;
    return { exitCode: exitCode ?? -1, output: all };
  };

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("40m");
    const say = (): void => undefined;
    place = await sandboxPlace({ name: NAME, tier: "cluster", stack: STACK, install: false, say });
    await upStack(place, { stack: STACK, say });

    const text = await readFile(RIGHTS, "utf8");
    const file = join(place.engine.folders.project, "..", "rights.yaml");
    await writeFile(
      file,
      text
        .replaceAll('"k8s-test-previews"', `"${GROUP}"`)
        .replaceAll(/(kind: Group\n\s+name: )k8s-test-previews/g, `$1${GROUP}`),
    );
    await kubectl("apply", `--filename=${file}`);
    await kubectl("create", "namespace", NAME);
    await kubectl("create", "serviceaccount", "previewer", `--namespace=${NAME}`);
    const token = (await kubectl("create", "token", "previewer", `--namespace=${NAME}`)).trim();
    await takePlace(token);
  });

  /** From now on it is the previewer whom the aws CLI says who one is, and whom kubectl is. */
  async function takePlace(token: string): Promise<void> {
    const { cloud, engine } = place;
    assert.ok(cloud);
    const config = parse(await readFile(engine.env["KUBECONFIG"] ?? "", "utf8")) as {
      users: { user: object }[];
    };
    kubeconfig = join(cloud.bin, "previewer");
    const users = config.users.map((each) => ({ ...each, user: { token } }));
    await writeFile(kubeconfig, stringify({ ...config, users }));
    const credential = {
      kind: "ExecCredential",
      apiVersion: "client.authentication.k8s.io/v1beta1",
      status: { token },
    };
    const aws = join(cloud.bin, "aws");
    await writeFile(aws, `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`);
    await chmod(aws, 0o755);
  }

  it("sees that nothing is to be done", async () => {
    const { exitCode, output } = await pulumi("preview", "--expect-no-changes");
    assert.equal(exitCode, 0, output);
  });

  it("finds no drift where there is none", async () => {
    assert.equal(await drifted(), "drifted=no\n");
  });

  it("sees what a change would do, as the API server says", async () => {
    await changeConfig(5);
    const { exitCode, output } = await pulumi("preview", "--diff");
    assert.equal(exitCode, 0, output);
    assert.match(output, /maxReplicas: +\d+ => 5/);
  });

  it("cannot make that change", async () => {
    const { exitCode, output } = await pulumi("up", "--yes", "--skip-preview");
    assert.notEqual(exitCode, 0);
    assert.match(output, /A preview may only ask, by a dry-run, what a change would do\./);
    const replicas = await kubectl(
      ...["get", "--namespace=httpbin", "hpa", "httpbin", "--output=jsonpath={.spec.maxReplicas}"],
    );
    assert.notEqual(replicas, "5");
  });

  it("can be told apart from who may do more: what is refused, and by what", async () => {
    const names = ["--namespace=httpbin", "deployment", "httpbin"];
    const patch = ["patch", ...names, "--type=merge", '--patch={"spec":{"paused":true}}'];
    assert.match(
      await asPreviewer(...patch, "--dry-run=server"),
      /^deployment.apps\/httpbin patched/,
    );
    assert.match(await asPreviewer(...patch), /may only ask, by a dry-run/);
    for (const [what, answer] of [
      [["delete", ...names, "--dry-run=server"], /cannot delete resource "deployments"/],
      [["get", "secrets", "--all-namespaces"], /cannot list resource "secrets"/],
      [
        ["create", "token", "default", "--namespace=httpbin"],
        /cannot create resource "serviceaccounts\/token"/,
      ],
      [
        ["delete", "validatingadmissionpolicy", "k8s-test-previews"],
        /cannot delete resource "validatingadmissionpolicies"/,
      ],
      [["create", "clusterrole", "x", "--verb=get", "--resource=pods"], /cannot create resource/],
    ] as const) {
      assert.match(await asPreviewer(...what), answer);
    }
    assert.equal(await kubectl("get", ...names, "--output=jsonpath={.spec.paused}"), "");
  });

  it("leaves everybody else alone, and finds what they have changed", async () => {
    const names = ["--namespace=httpbin", "hpa", "httpbin"];
    const patch = '--patch={"spec":{"maxReplicas":7}}';
    await kubectl("patch", ...names, "--type=merge", patch);
    assert.equal(await drifted(), "drifted=yes\n");
  });

  /** What the workflow finds, by its own commands. */
  async function drifted(): Promise<string> {
    const runner = await Runner.start();
    try {
      const env = { ...place.engine.env, STACK };
      const { exitCode, all } = await runner.run(LOOK, env, place.engine.folders.project);
      assert.equal(exitCode, 0, all);
      return await runner.read("output");
    } finally {
      await runner.stop();
    }
  }

  /** Sets the greatest number of pods in the stack's config. */
  async function changeConfig(maxReplicas: number): Promise<void> {
    const path = ["--path", "app.autoscaling.maxReplicas", String(maxReplicas)];
    const { exitCode, output } = await pulumi("config", "set", ...path);
    assert.equal(exitCode, 0, output);
  }
});
