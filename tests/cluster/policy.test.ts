import { strict as assert } from "node:assert";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { nowhere, type Place } from "../../sandbox/stack/place";
import { preparePolicyPack } from "../../sandbox/stack/policyPack";
import { prepareStack } from "../../sandbox/stack/upStack";
import { startPulumi, type EngineResult } from "../support/engine";
import { ownStateFolder } from "../support/ownStateFolder";

/** The repo's program, with inputs that are made wrong. */
const VIOLATIONS = join(__dirname, "..", "fixtures", "policy", "violations");

type Stack = "home" | "live";

describe("The policy pack, in previews of the real engine", () => {
  ownStateFolder("policy");
  const say = (): void => undefined;
  const places = new Map<Stack, Place>();

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("40m");
    for (const stack of ["home", "live"] as const) {
      const place = await nowhere(say, stack);
      await prepareStack(place, { stack, say });
      places.set(stack, place);
    }
  });

  const placeOf = (stack: Stack): Place => places.get(stack) ?? assert.fail(stack);

  async function preview(stack: Stack, violations: object = {}): Promise<EngineResult> {
    const { folders, env, home } = placeOf(stack).engine;
    const pack = await preparePolicyPack(folders.policy, home);
    const args = ["preview", "--stack", stack, ...pack];
    const wrong = { ...env, VIOLATIONS: JSON.stringify(violations) };
    const { exitCode, all } = await (
      await startPulumi(args, { cwd: folders.project, env: wrong })
    ).result;
    return { exitCode: exitCode ?? -1, output: all };
  }

  /** Has a stack's project run another program. @returns what sets it back. */
  async function runProgramOf(stack: Stack, folder: string): Promise<() => Promise<void>> {
    const path = join(placeOf(stack).engine.folders.project, "Pulumi.yaml");
    const before = await readFile(path, "utf8");
    await writeFile(path, stringify({ ...(parse(before) as object), main: folder }));
    return () => writeFile(path, before);
  }

  /** What a preview must say that fails for one violation. */
  function assertRefused({ exitCode, output }: EngineResult, lines: readonly string[]): void {
    assert.notEqual(exitCode, 0, output);
    for (const line of lines) assert.ok(output.includes(line), `${line}\nis not in\n${output}`);
    const [, ...violations] = output.split("[mandatory]");
    assert.equal(violations.length, 1, output);
  }

  it("has nothing against either stack as it is, and has looked", async () => {
    for (const stack of ["home", "live"] as const) {
      const { exitCode, output } = await preview(stack);
      assert.equal(exitCode, 0, output);
      assert.match(output, /Policies:\n +\S+ k8s-test@v0\.1\.0/);
      assert.doesNotMatch(output, /\[mandatory\]|can't run policy/);
    }
  });

  it("fails a preview of live for an image that its config names by a tag", async () => {
    const path = join(placeOf("live").engine.folders.project, "Pulumi.live.yaml");
    const before = await readFile(path, "utf8");
    const { config, ...rest } = parse(before) as { config: Record<string, object> };
    const app = { ...config["k8s-test:app"], image: "mccutchen/go-httpbin:2.25.0" };
    await writeFile(path, stringify({ ...rest, config: { ...config, "k8s-test:app": app } }));
    try {
      assertRefused(await preview("live"), [
        'kubernetes:apps/v1:Deployment "httpbin" breaks the rule image-by-digest.',
        "found:   container httpbin has the image mccutchen/go-httpbin:2.25.0",
        "mend:    pulumi config set --stack live --path app.image NAME:TAG@sha256:DIGEST",
      ]);
    } finally {
      await writeFile(path, before);
    }
  });

  it("fails it for a public endpoint of the cluster that a remote component makes", async () => {
    const reset = await runProgramOf("live", VIOLATIONS);
    const open = { "aws:eks/cluster:Cluster": { vpcConfig: { endpointPublicAccess: true } } };
    assertRefused(await preview("live", open), [
      'aws:eks/cluster:Cluster "live-cluster-eksCluster" breaks the rule api-private (CIS EKS 1.7: 5.4.1, 5.4.2).',
      "found:   vpcConfig.endpointPublicAccess is true",
      "mend:    set both so where the cluster is made: components/live/privateCluster.ts",
    ]);
    await reset();
  });

  it("fails one of home for replicas under its autoscaler", async () => {
    const reset = await runProgramOf("home", VIOLATIONS);
    assertRefused(
      await preview("home", { "kubernetes:apps/v1:Deployment": { spec: { replicas: 2 } } }),
      [
        'kubernetes:apps/v1:Deployment "httpbin" breaks the rule replicas-unowned.',
        "found:   spec.replicas is 2",
        "mend:    leave spec.replicas out",
      ],
    );
    await reset();
  });
});
