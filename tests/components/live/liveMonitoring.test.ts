import { strict as assert } from "node:assert";

import * as kubernetes from "@pulumi/kubernetes";

import { liveMonitoring } from "../../../components/live/liveMonitoring";
import type { MonitoringArgs } from "../../../components/monitoring/monitoring";
import { awsCalls, awsOutputs } from "../../support/aws";
import { only, runProgram, type ProgramResult } from "../../support/program";
import { WATCHED_LIVE } from "../../support/watchedApp";

const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

function run(monitoring: MonitoringArgs | undefined): Promise<ProgramResult> {
  return runProgram(
    () => {
      const provider = new kubernetes.Provider("cluster", { kubeconfig: "{}" });
      const args = { clusterName: "blue", region: "eu-central-1", monitoring };
      const ready = liveMonitoring("m", args, { providers: [provider] });
      return Promise.resolve({ ready: ready.length });
    },
    { calls: awsCalls, outputs: awsOutputs },
  );
}

describe("liveMonitoring", () => {
  it("makes nothing unless asked to", async () => {
    const { outputs, resources } = await run(undefined);
    assert.equal(outputs["ready"], 0);
    assert.deepEqual(
      resources.filter(({ type }) => /^(?:k8s-test|aws):/.test(type)),
      [],
    );
  });

  it("gives KEDA its rights before it makes it: its pods find them when they start", async () => {
    const result = await run({ kedaNamespace: "keda" });
    const release = only(result, "kubernetes:helm.sh/v3:Release");
    for (const type of [ASSOCIATION, "aws:iam/rolePolicy:RolePolicy"]) {
      assert.ok(release.dependencies.includes(only(result, type).urn), type);
    }
    assert.match(release.provider, /::cluster::/);
  });

  it("gives none to a KEDA that somebody else has installed", async () => {
    const prometheus = { namespace: "monitoring", scraped: {}, watched: WATCHED_LIVE };
    const { resources } = await run({ prometheus });
    assert.deepEqual(
      resources.filter(({ type }) => type.startsWith("aws:")),
      [],
    );
  });
});
