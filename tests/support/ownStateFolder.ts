import { rm } from "node:fs/promises";

import { stopCluster } from "../../sandbox/cluster/stopCluster";
import { makeSuiteFolder, takeDownLeftSuites } from "./leftSuites";

/**
 * Gives the tests of a suite a state folder of their own, so that no other cluster is touched, and
 * takes the suite's cluster down before that folder goes.
 */
export function ownStateFolder(name: string): { path: () => string } {
  const usual = process.env["XDG_STATE_HOME"];
  let folder = "";
  before(async () => {
    for (const left of await takeDownLeftSuites()) {
      console.log(`Took down what a killed run of the tests had left: ${left}`);
    }
    folder = await makeSuiteFolder();
    process.env["XDG_STATE_HOME"] = folder;
  });
  after(async () => {
    await stopCluster({ name });
    if (usual === undefined) delete process.env["XDG_STATE_HOME"];
    else process.env["XDG_STATE_HOME"] = usual;
    await rm(folder, { recursive: true });
  });
  return { path: () => folder };
}
