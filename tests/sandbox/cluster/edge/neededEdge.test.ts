import { strict as assert } from "node:assert";
import { mkdir, writeFile } from "node:fs/promises";

import { neededEdge } from "../../../../sandbox/cluster/edge/neededEdge";
import { edgePlaces } from "../../../../sandbox/cluster/edge/places";
import { ca } from "../../../../sandbox/cluster/layout";
import { clusterLayout } from "../../../../sandbox/cluster/state";
import { nodeTopology } from "../../../../sandbox/cluster/topology";
import { writeClusterState } from "../../../support/clusterState";
import { ownStateFolder } from "../../../support/ownStateFolder";

const NAME = "x";

describe("the edge that a command needs", () => {
  ownStateFolder(NAME);

  it("is refused with the way to come by one, where there is no cluster", async () => {
    await assert.rejects(neededEdge(NAME), {
      name: "UserError",
      message: 'There is no cluster "x". Start one: npm run sandbox -- up --name x',
    });
  });

  it("is refused where the cluster is still coming up or going", async () => {
    for (const phase of ["starting", "stopping"] as const) {
      writeClusterState(NAME, { phase, edge: true });
      await assert.rejects(neededEdge(NAME), {
        name: "UserError",
        message: `Cluster "x" is ${phase}. See: npm run sandbox -- status --name x`,
      });
    }
  });

  it("is refused where Traefik is simulated, in either tier", async () => {
    for (const tier of ["cluster", "node"] as const) {
      writeClusterState(NAME, { tier, edge: false });
      await assert.rejects(neededEdge(NAME), {
        name: "UserError",
        message: `Nobody answers https on cluster "x" (tier ${tier}): Traefik is simulated. Start one where it runs: npm run sandbox -- down --name x, then npm run sandbox -- up --name x --tier node`,
      });
    }
  });

  it("is given where there is one", async () => {
    const layout = clusterLayout(NAME);
    const { folder, tsigSecret, root } = edgePlaces(layout);
    await Promise.all([folder, layout.pki].map((path) => mkdir(path, { recursive: true })));
    await writeFile(tsigSecret, "secret");
    await writeFile(ca(layout), "ca");
    writeClusterState(NAME, { edge: true });
    const { address, rootPath } = await neededEdge(NAME);
    assert.deepEqual({ address, rootPath }, { address: nodeTopology().address, rootPath: root });
  });
});
