import { strict as assert } from "node:assert";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import {
  readInstances,
  writeInstance,
  type InstanceState,
} from "../../../../sandbox/tailnet/fleet/instanceState";
import { tailnetLayout } from "../../../../sandbox/tailnet/state";
import { ownStateFolder } from "../../../support/ownStateFolder";

const NAME = "instance-state";

function instance(id: string): InstanceState {
  const network = { namespace: `k8s-test-${NAME}-${id}`, slot: 0, internet: "a", vpc: "b" };
  return { version: 1, id, group: "routers", network, processes: [] };
}

describe("the states of a tailnet's instances", () => {
  ownStateFolder(NAME);

  it("are none before there was an instance", () => {
    assert.deepEqual(readInstances(tailnetLayout(NAME)), []);
  });

  it("are read as they were written last, in the order of their ids", () => {
    const layout = tailnetLayout(NAME);
    const first = { pid: 1, started: "then", name: "machine", log: "a.log", command: ["true"] };
    writeInstance(layout, instance("i-2"));
    writeInstance(layout, instance("i-1"));
    writeInstance(layout, { ...instance("i-1"), processes: [first] });
    assert.deepEqual(readInstances(layout), [
      { ...instance("i-1"), processes: [first] },
      instance("i-2"),
    ]);
  });

  it("are not read past one that is none, and it is named with what mends it", () => {
    const layout = tailnetLayout(NAME);
    mkdirSync(layout.instances, { recursive: true });
    const path = join(layout.instances, "i-3.json");
    for (const text of ["{", '{"version": 2, "processes": []}']) {
      writeFileSync(path, text);
      assert.throws(() => readInstances(layout), /i-3\.json is not the state of an instance.*rm /);
    }
    // For it to be taken down.
    writeInstance(layout, instance("i-3"));
  });
});
