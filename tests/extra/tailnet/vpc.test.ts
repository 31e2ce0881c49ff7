import { strict as assert } from "node:assert";

import { run } from "../../../host/run";
import { addNamespace, deleteNamespace } from "../../../sandbox/cluster/namespaces";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import { VPC } from "../../../sandbox/tailnet/places";
import { startTailnet, type Tailnet } from "../../../sandbox/tailnet/startTailnet";
import type { Toolchain } from "../../../sandbox/toolchain/toolchain";
import { ownStateFolder } from "../../support/ownStateFolder";
import { giveKey, GROUP, logIn, POLICY, tailnetTools, untilInService } from "../../support/tailnet";

const NAME = "vpc";
const PORT = 6443;
const SERVER = `require("node:http").createServer((request, response) => response.end("here"))
  .listen(${String(PORT)}, "0.0.0.0")`;

/** Stands for the namespace of a cluster's node: with a link and a way out of its own. */
const NODE = { namespace: "k8s-test-vpc-node", link: "k8s-test-vpcn" };

describe("A tailnet whose VPC is another's network namespace", () => {
  ownStateFolder(NAME);
  let tools: Toolchain;
  let tailnet: Tailnet;
  let untouched: string;

  const inNode = (...args: string[]): Promise<string> =>
    run("ip", ["-netns", NODE.namespace, ...args]);
  const ofNode = async (): Promise<string> =>
    [await inNode("-brief", "address"), await inNode("route"), await inNode("rule")].join("\n");
  const start = async (): Promise<void> => {
    tailnet = await startTailnet({ name: NAME, tools, vpcNamespace: NODE.namespace });
    await tailnet.control.setPolicy(POLICY);
    await giveKey(tailnet);
    await logIn(tailnet);
    await tailnet.fleet.setGroup({ ...GROUP, size: 2 });
    await untilInService(tailnet, { ...GROUP, size: 2 });
  };
  const reaches = async (): Promise<boolean> => {
    const url = `http://${VPC.host}:${String(PORT)}/`;
    const { stdout } = await tailnet.runAt("laptop", "curl", ["-sS", "--max-time", "5", url]);
    return stdout === "here";
  };

  before(async function () {
    tools = await tailnetTools(this);
    await addNamespace(NODE.namespace);
    const ends = ["type", "veth", "peer", "name", "eth0", "netns", NODE.namespace];
    await run("ip", ["link", "add", NODE.link, ...ends]);
    await run("ip", ["link", "set", NODE.link, "up"]);
    await inNode("link", "set", "lo", "up");
    await inNode("address", "add", "192.0.2.2/30", "dev", "eth0");
    await inNode("link", "set", "eth0", "up");
    await inNode("route", "add", "default", "via", "192.0.2.2");
    const server = ["sh", "-c", `exec setsid "$0" -e "$1" >/dev/null 2>&1 &`];
    await run("ip", ["netns", "exec", NODE.namespace, ...server, process.execPath, SERVER]);
    untouched = await ofNode();
  });
  after(async () => {
    await stopCluster({ name: NAME });
    await deleteNamespace(NODE.namespace);
  });

  it("is not made where that is not there", async () => {
    await assert.rejects(
      startTailnet({ name: NAME, tools, vpcNamespace: "k8s-test-nowhere" }),
      /namespace k8s-test-nowhere, which is to be the VPC, does not exist.*npm run sandbox -- up --tier node/,
    );
  });

  it("is gone again where its start is cut off, which is said with the reason", async () => {
    for (const milliseconds of [20, 60, 150]) {
      const stopping = new AbortController();
      const reason = new Error("Ctrl-C");
      setTimeout(() => {
        stopping.abort(reason);
      }, milliseconds);
      const options = { name: NAME, tools, vpcNamespace: NODE.namespace };
      await assert.rejects(startTailnet({ ...options, signal: stopping.signal }), reason);
      const namespaces = await run("ip", ["netns", "list"]);
      assert.ok(!namespaces.includes(`k8s-test-${NAME}-laptop`), namespaces);
      assert.equal(await ofNode(), untouched);
    }
  });

  it("has its routers lead there, and leaves what is there alone", async () => {
    await start();
    assert.equal(await reaches(), true);
    const now = (await ofNode()).split("\n");
    for (const line of untouched.split("\n")) assert.ok(now.includes(line), line);
  });

  it("takes only its own out of it when it is taken down", async () => {
    assert.equal(await stopCluster({ name: NAME }), true);
    assert.equal(await ofNode(), untouched);
  });

  it("is not made where a tailnet that is not known is there", async () => {
    await inNode("link", "add", "vpc", "type", "bridge");
    await assert.rejects(
      startTailnet({ name: NAME, tools, vpcNamespace: NODE.namespace }),
      /has a link vpc already.*ip -netns k8s-test-vpc-node link delete vpc/,
    );
    await inNode("link", "delete", "vpc");
  });

  it("is taken down, too, where that has gone before it", async () => {
    await start();
    await deleteNamespace(NODE.namespace);
    assert.equal(await stopCluster({ name: NAME }), true);
    const namespaces = await run("ip", ["netns", "list"]);
    assert.ok(!namespaces.includes(`k8s-test-${NAME}-`), namespaces);
  });
});
