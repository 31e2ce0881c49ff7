import { strict as assert } from "node:assert";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { CAUSES, type CauseName } from "../../../components/live/causes";
import { start, type Running } from "../../../host/run";
import { makeAuthority, makeCertificate } from "../../../sandbox/cluster/certificates";
import { stopProcess } from "../../../sandbox/cluster/processes";
import { bundle } from "../../../sandbox/providers/bundle";
import type { Machine } from "../../../sandbox/tailnet/machine";
import { namespaceOf, VPC } from "../../../sandbox/tailnet/places";
import { startTailnet, type Tailnet } from "../../../sandbox/tailnet/startTailnet";
import { ownStateFolder } from "../../support/ownStateFolder";
import {
  giveKey,
  GROUP,
  logIn,
  machineOf,
  POLICY,
  tailnetTools,
  untilInService,
} from "../../support/tailnet";

const NAME = "gate";
const ENDPOINT = `https://${VPC.host}:6443`;
/** Answers as an API server does whom nobody has told who asks; it stands for that of the VPC. */
const API = `const { readFileSync } = require("node:fs");
const [, cert, key] = process.argv;
require("node:https").createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) => {
  response.writeHead(401).end();
}).listen(6443, "${VPC.host}")`;

/** Seconds that the gate is given, and those that one request and a look at the way then take. */
const WAIT_SECONDS = 4;
const REQUEST_SECONDS = 2;
const LOOK_SECONDS = 6;

describe("The gate of the live stack, on a real tailnet", () => {
  const state = ownStateFolder(NAME);
  let tailnet: Tailnet;
  let gate: string;
  let ca: string;
  let api: Running;
  let client: { id: string };
  let router: Machine;

  const inFolder = (file: string): string => join(state.path(), file);
  const startApi = async (): Promise<void> => {
    const args = ["-e", API, inFolder("api.crt"), inFolder("api.key")];
    api = await start("ip", [
      ...["netns", "exec", namespaceOf(NAME, "vpc")],
      ...[process.execPath, ...args],
    ]);
  };
  /** Runs the gate in a place. @returns what it says. */
  const ask = async (place: "laptop" | "stranger", waitSeconds = WAIT_SECONDS): Promise<string> => {
    const args = JSON.stringify({
      endpoint: ENDPOINT,
      ca,
      vpcCidr: VPC.cidr,
      waitSeconds,
      patienceSeconds: 60,
      requestSeconds: REQUEST_SECONDS,
    });
    const command = [process.execPath, gate, args];
    const [program = "", ...rest] = command;
    const begun = performance.now();
    const { stdout, all, ok } =
      place === "laptop"
        ? await tailnet.laptop.run(command)
        : await tailnet.runAt(place, program, rest);
    assert.ok(ok, all);
    const seconds = (performance.now() - begun) / 1000;
    assert.ok(seconds < waitSeconds + REQUEST_SECONDS + LOOK_SECONDS, `${String(seconds)} s`);
    return stdout;
  };
  const assertCause = (said: string, cause: CauseName): void => {
    const place = { host: VPC.host, vpcCidr: VPC.cidr };
    assert.ok(said.includes(`The cluster's API has not answered in`), said);
    assert.ok(said.includes(`cause: ${CAUSES[cause].is(place)}\n`), said);
    assert.ok(said.includes(`mend:  ${CAUSES[cause].mend(place)}`), said);
  };
  const routerId = async (): Promise<string> =>
    (await tailnet.control.devices()).find(({ tags }) => tags !== null)?.nodeId ?? "none";

  before(async function () {
    const tools = await tailnetTools(this);
    tailnet = await startTailnet({ name: NAME, tools });
    const authority = await makeAuthority("vpc");
    const server = { commonName: "api", usages: ["server"], addresses: [VPC.host] } as const;
    const { certificate, key } = await makeCertificate(server, authority);
    ca = authority.certificate.toString("pem");
    gate = inFolder("gate.cjs");
    await writeFile(gate, await bundle(join(__dirname, "../../support/gateProgram.ts"), {}));
    await writeFile(inFolder("api.crt"), certificate);
    await writeFile(inFolder("api.key"), key, { mode: 0o600 });
    await startApi();
    await tailnet.control.setPolicy(POLICY);
    await logIn(tailnet);
  });
  after(() => {
    api.kill();
  });

  it("says that no route is offered while there is no router", async () => {
    assertCause(await ask("laptop"), "routeNotOffered");
  });

  it("opens while it waits, once a router has booted", async () => {
    const open = ask("laptop", 60);
    client = await giveKey(tailnet);
    await tailnet.fleet.setGroup(GROUP);
    assert.equal(await open, "open");
    const [id = ""] = await untilInService(tailnet);
    router = machineOf(tailnet, NAME, id);
  });

  it("tells a stranger that he is not on the tailnet", async () => {
    assertCause(await ask("stranger"), "notOnTailnet");
  });

  it("tells a laptop that does not accept routes to do so", async () => {
    await tailnet.laptop.run(["tailscale", "set", "--accept-routes=false"]);
    assertCause(await ask("laptop"), "routesNotAccepted");
    await tailnet.laptop.run(["tailscale", "set", "--accept-routes"]);
    assert.equal(await ask("laptop", 30), "open");
  });

  it("says that the policy may keep the route from a laptop that is cut off from the router", async () => {
    await tailnet.control.cutDevice(await routerId(), true);
    assertCause(await ask("laptop"), "routeNotOffered");
    await tailnet.control.cutDevice(await routerId(), false);
    assert.equal(await ask("laptop", 30), "open");
  });

  it("says that the policy or a security group forbids it, where nothing comes back", async () => {
    const drop = ["-I", "FORWARD", "-o", "eth1", "-j", "DROP"];
    assert.ok((await router.run(["iptables", ...drop])).ok);
    assertCause(await ask("laptop"), "policyForbids");
    await router.run(["iptables", "-D", ...drop.slice(1)]);
    assert.equal(await ask("laptop", 30), "open");
  });

  it("says that the API is not ready, where the way is there", async () => {
    api.kill();
    await api.ended;
    assertCause(await ask("laptop"), "apiDown");
    await startApi();
    assert.equal(await ask("laptop", 30), "open");
  });

  it("says that the router is offline, where it was killed and no other can take its place", async () => {
    await tailnet.control.deleteKey(client.id);
    await stopProcess(router.holder, ["SIGKILL"]);
    await sleep(500);
    assertCause(await ask("laptop"), "routerOffline");
  });
});
