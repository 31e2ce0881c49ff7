import { strict as assert } from "node:assert";
import { mkdir } from "node:fs/promises";

import { writeCertificates } from "../../../../sandbox/cluster/certificates";
import { neededMonitoring } from "../../../../sandbox/cluster/monitoring/neededMonitoring";
import { clusterLayout } from "../../../../sandbox/cluster/state";
import { nodeTopology } from "../../../../sandbox/cluster/topology";
import { writeClusterState } from "../../../support/clusterState";
import { ownStateFolder } from "../../../support/ownStateFolder";

const NAME = "x";

describe("the monitoring that a command needs", () => {
  ownStateFolder(NAME);

  it("is refused with the way to come by one, where there is no cluster, or none that runs", async () => {
    await assert.rejects(neededMonitoring(NAME), {
      name: "UserError",
      message: 'There is no cluster "x". Start one: npm run sandbox -- up --name x --monitoring',
    });
    writeClusterState(NAME, { phase: "starting", monitoring: true });
    await assert.rejects(neededMonitoring(NAME), {
      name: "UserError",
      message: 'Cluster "x" is starting. See: npm run sandbox -- status --name x',
    });
  });

  it("is refused where no Prometheus runs, in either tier", async () => {
    for (const tier of ["cluster", "node"] as const) {
      writeClusterState(NAME, { tier });
      await assert.rejects(neededMonitoring(NAME), {
        name: "UserError",
        message: `Cluster "x" (tier ${tier}) has no Prometheus. Start one that has: npm run sandbox -- down --name x, then npm run sandbox -- up --name x --monitoring`,
      });
    }
  });

  it("is given where there is one", async () => {
    const layout = clusterLayout(NAME);
    await mkdir(layout.pki, { recursive: true });
    await writeCertificates(layout, nodeTopology());
    writeClusterState(NAME, { monitoring: true });
    const { name, prometheus } = await neededMonitoring(NAME);
    assert.deepEqual([name, prometheus], [NAME, `http://${nodeTopology().address}:9090`]);
  });
});
