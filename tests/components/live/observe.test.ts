import { strict as assert } from "node:assert";

import type { Attempt } from "../../../components/live/askApi";
import { observe, thisMachine, type Machine } from "../../../components/live/observe";

const HOST = "0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com";
const CIDR = "10.80.0.0/16";
const ATTEMPT: Attempt = { reached: "nothing", code: "ETIMEDOUT", isUntrusted: false };

/** A machine on which everything works, that notes what it is asked. */
function machine(changes: Partial<Machine> = {}): { asked: string[]; machine: Machine } {
  const asked: string[] = [];
  const note = <T>(what: string, answer: T): Promise<T> => {
    asked.push(what);
    return Promise.resolve(answer);
  };
  return {
    asked,
    machine: {
      localAddresses: () => ["127.0.0.1", "100.101.102.103"],
      lookup: (host) => note(`lookup ${host}`, ["10.80.1.4", "10.80.3.9"]),
      lookupPublicly: (host) => note(`public lookup ${host}`, ["10.80.1.4"]),
      sourceAddressTo: (address) => note(`route to ${address}`, "100.101.102.103"),
      tailscale: () => note("tailscale", { state: "Running", hasInterface: true, routers: [] }),
      ...changes,
    },
  };
}

const fails = (): Promise<never> => Promise.reject(new Error("ENOTFOUND"));
const hangs = (): Promise<never> => new Promise(() => undefined);

describe("observe", () => {
  it("sees the addresses of both ends, the route between them, and Tailscale", async () => {
    const { asked, machine: healthy } = machine();
    assert.deepEqual(await observe(HOST, CIDR, ATTEMPT, healthy), {
      host: HOST,
      vpcCidr: CIDR,
      attempt: ATTEMPT,
      localAddresses: ["127.0.0.1", "100.101.102.103"],
      addresses: ["10.80.1.4", "10.80.3.9"],
      publicAddresses: [],
      sourceAddress: "100.101.102.103",
      tailscale: { state: "Running", hasInterface: true, routers: [] },
    });
    assert.deepEqual(asked, ["tailscale", `lookup ${HOST}`, "route to 10.80.1.4"]);
  });

  it("asks a public resolver only where this machine's has no answer, and goes by that", async () => {
    const { asked, machine: filtered } = machine({ lookup: fails });
    const seen = await observe(HOST, CIDR, ATTEMPT, filtered);
    assert.deepEqual([seen.addresses, seen.publicAddresses], [[], ["10.80.1.4"]]);
    assert.deepEqual(asked, ["tailscale", `public lookup ${HOST}`, "route to 10.80.1.4"]);
  });

  it("asks for the route to an address in the VPC, where there is one", async () => {
    const { asked, machine: mixed } = machine({
      lookup: () => Promise.resolve(["203.0.113.7", "10.80.1.4"]),
    });
    await observe(HOST, CIDR, ATTEMPT, mixed);
    assert.deepEqual(asked, ["tailscale", "route to 10.80.1.4"]);
  });

  it("asks no resolver for an address", async () => {
    const { asked, machine: healthy } = machine();
    const seen = await observe("10.80.1.4", CIDR, ATTEMPT, healthy);
    assert.deepEqual(seen.addresses, ["10.80.1.4"]);
    assert.deepEqual(asked, ["tailscale", "route to 10.80.1.4"]);
  });

  it("has not seen what fails, and not what does not answer in time", async () => {
    for (const question of [fails, hangs]) {
      const { machine: broken } = machine({
        lookup: question,
        lookupPublicly: question,
        sourceAddressTo: question,
        tailscale: question,
      });
      const seen = await observe(HOST, CIDR, ATTEMPT, broken, 1);
      assert.deepEqual(
        [seen.addresses, seen.publicAddresses, seen.sourceAddress, seen.tailscale],
        [[], [], undefined, undefined],
      );
    }
  });
});

describe("thisMachine", () => {
  it("knows its own addresses, and those of its own name", async () => {
    assert.ok(thisMachine.localAddresses().includes("127.0.0.1"));
    const addresses = await thisMachine.lookup("localhost");
    assert.ok(addresses.includes("127.0.0.1") || addresses.includes("::1"), String(addresses));
  });

  it("knows from which address it sends to another, also where nobody listens", async () => {
    assert.equal(await thisMachine.sourceAddressTo("127.0.0.1"), "127.0.0.1");
    assert.equal(await thisMachine.sourceAddressTo("127.1.2.3"), "127.0.0.1");
  });

  it("fails to send where it has no route", async () => {
    // Only a socket that may broadcast has one there, on any machine.
    await assert.rejects(thisMachine.sourceAddressTo("255.255.255.255"), { code: "EACCES" });
  });
});
