import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";

import { setFaults, takeFault } from "../../../../sandbox/providers/cloud/world/faults";
import { Cloud, initFailure } from "../../../support/cloud";
import { makeCluster, makeNetwork, makeRole, type Network } from "../../../support/cloudNetwork";

const ROLE = "aws:iam/role:Role";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const THROTTLED = "ThrottlingException: Rate exceeded";

describe("A fault in an offline cloud", () => {
  let cloud: Cloud;

  beforeEach(async () => {
    cloud = await Cloud.create();
    cloud.configure();
  });

  afterEach(() => cloud.remove());

  it("befalls what it is for, as often as it says", () => {
    const fault = { type: ROLE, name: "^a$", action: "create", times: 2, error: "no" } as const;
    setFaults(cloud.folder, [fault]);
    const deed = { type: ROLE, name: "a", action: "create" } as const;
    strictEqual(takeFault(cloud.folder, { ...deed, name: "ab" }), undefined);
    strictEqual(takeFault(cloud.folder, { ...deed, action: "delete" }), undefined);
    strictEqual(takeFault(cloud.folder, { ...deed, type: NODES }), undefined);
    deepStrictEqual(takeFault(cloud.folder, deed), fault);
    deepStrictEqual(takeFault(cloud.folder, deed), fault);
    strictEqual(takeFault(cloud.folder, deed), undefined);
    setFaults(cloud.folder, [fault]);
    deepStrictEqual(takeFault(cloud.folder, deed), fault);
  });

  it("is said as the cloud says it, and nothing is made", async () => {
    setFaults(cloud.folder, [{ type: ROLE, action: "create", error: "AccessDenied: not you" }]);
    await rejects(makeRole(cloud, "one"), { message: "AccessDenied: not you" });
    deepStrictEqual(cloud.world.everything(), []);
    deepStrictEqual(cloud.journal, []);
  });

  it("that passes is not noticed but in the log: a call that is throttled is tried again", async () => {
    setFaults(cloud.folder, [{ type: ROLE, action: "create", times: 3, error: THROTTLED }]);
    await makeRole(cloud, "one");
    deepStrictEqual(cloud.log, Array(3).fill(`tries again: ${THROTTLED}`));
    deepStrictEqual(cloud.journal, ["create one"]);
  });

  it("that does not pass is an error, after as many tries as the official provider makes", async () => {
    setFaults(cloud.folder, [{ type: ROLE, action: "create", error: THROTTLED }]);
    await rejects(
      makeRole(cloud, "one"),
      /Rate exceeded \(exceeded maximum number of attempts, 25\)/,
    );
    strictEqual(cloud.log.length, 24);
  });

  it("of a role that takes its time is waited out", async () => {
    const network = await makeNetwork(cloud);
    const error = "InvalidParameterException: The role arn:aws:iam::1:role/a does not exist";
    setFaults(cloud.folder, [
      { type: "aws:eks/cluster:Cluster", action: "create", times: 4, error },
    ]);
    strictEqual((await makeCluster(cloud, network)).id, "live");
    strictEqual(cloud.log.length, 4);
  });

  it("is not waited for once the engine wants everything to end", async () => {
    setFaults(cloud.folder, [{ type: ROLE, action: "create", delaySeconds: 600 }]);
    const making = makeRole(cloud, "one");
    // The provider is asked for the check first, and only then waits.
    const cancelled = rejects(making, /cancelled/);
    setImmediate(() => {
      cloud.of(ROLE).cancel();
    });
    await cancelled;
    deepStrictEqual(cloud.world.everything(), []);
  });

  it("by which something never gets ready leaves it in the state, and the next update waits again", async () => {
    const network = await makeNetwork(cloud);
    await makeCluster(cloud, network);
    await cloud.make("aws:eks/addon:Addon", "cni", { clusterName: "live", addonName: "vpc-cni" });
    const inputs = await nodeGroup(cloud, network);
    setFaults(cloud.folder, [{ type: NODES, action: "create", times: 1, never: true }]);
    const { existing, reasons } = await initFailure(cloud.make(NODES, "nodes", inputs));
    match(reasons.join(), /timeout while waiting for state to become 'ACTIVE'/);
    strictEqual(existing.id, "live:nodes");
    strictEqual(cloud.world.get(NODES, existing.id)?.isReady, false);
    const before = { type: NODES, name: "nodes", ...existing };
    await cloud.make(NODES, "nodes", inputs, { before });
    strictEqual(cloud.world.get(NODES, existing.id)?.isReady, true);
  });
});

describe("What does not get ready in an offline cloud without any fault", () => {
  let cloud: Cloud;
  let network: Network;

  beforeEach(async () => {
    cloud = await Cloud.create();
    cloud.configure();
    network = await makeNetwork(cloud);
    await makeCluster(cloud, network);
  });

  afterEach(() => cloud.remove());

  const addon = (addonName: string): Promise<unknown> =>
    cloud.make("aws:eks/addon:Addon", addonName, { clusterName: "live", addonName });

  it("is nodes without a network of pods", async () => {
    const inputs = await nodeGroup(cloud, network);
    const { message } = await initFailure(cloud.make(NODES, "nodes", inputs));
    match(message, /NodeCreationFailure: Unhealthy nodes.*no vpc-cni/);
  });

  it("is nodes that cannot reach the internet", async () => {
    await addon("vpc-cni");
    await cloud.delete(network.route);
    const inputs = await nodeGroup(cloud, network);
    const { message } = await initFailure(cloud.make(NODES, "nodes", inputs));
    match(message, /NodeCreationFailure: Instances failed to join.*no route to the internet/);
  });

  it("is coredns before there are nodes", async () => {
    await addon("vpc-cni");
    await addon("kube-proxy");
    match((await initFailure(addon("coredns"))).message, /unexpected state 'DEGRADED'.*coredns/);
    await cloud.make(NODES, "nodes", await nodeGroup(cloud, network));
    await addon("metrics-server");
    ok(cloud.journal.includes("create metrics-server"));
  });
});

async function nodeGroup(
  cloud: Cloud,
  network: Network,
): Promise<Parameters<Cloud["make"]>[2] & object> {
  const role = await makeRole(cloud, "nodes");
  return {
    clusterName: "live",
    nodeGroupName: "nodes",
    nodeRoleArn: role.state.values["arn"] ?? "",
    subnetIds: network.privateSubnets.map(({ id }) => id),
    scalingConfig: { minSize: 2, maxSize: 4, desiredSize: 2 },
  };
}
