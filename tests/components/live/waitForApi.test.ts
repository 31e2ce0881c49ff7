import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { CAUSES } from "../../../components/live/causes";
import type { Machine } from "../../../components/live/observe";
import { waitForApi, type WaitForApiArgs } from "../../../components/live/waitForApi";
import { apiStandIn, type ApiStandIn } from "../../support/apiStandIn";
import { selfSigned } from "../../support/certificates";

/** More than any machine needs for what is done here. */
const LONG = 3600;

/** A machine that is on the tailnet and has its route. */
const machine: Machine = {
  localAddresses: () => ["100.101.102.103"],
  lookup: () => Promise.resolve(["10.80.1.4"]),
  lookupPublicly: () => Promise.resolve([]),
  sourceAddressTo: () => Promise.resolve("100.101.102.103"),
  tailscale: () => Promise.resolve(undefined),
};

describe("waitForApi", () => {
  let api: ApiStandIn;
  let answer: () => number;
  const warnings: string[] = [];

  before(async () => (api = await apiStandIn(() => answer())));
  after(() => api.close());
  beforeEach(() => warnings.splice(0));

  const wait = (changes: Partial<WaitForApiArgs> = {}): Promise<void> =>
    waitForApi({
      endpoint: api.endpoint,
      ca: api.ca,
      vpcCidr: "10.80.0.0/16",
      waitSeconds: LONG,
      patienceSeconds: LONG,
      intervalSeconds: 0,
      requestSeconds: LONG,
      warn: (message) => warnings.push(message),
      machine,
      ...changes,
    });

  it("is over with the first answer, even if there is no time at all", async () => {
    answer = () => 401;
    await wait({ waitSeconds: 0, patienceSeconds: 0 });
    assert.deepEqual(warnings, []);
  });

  it("asks until the API is ready", async () => {
    let asked = 0;
    answer = () => (++asked < 4 ? 503 : 200);
    await wait();
    assert.equal(asked, 4);
    assert.deepEqual(warnings, []);
  });

  it("fails with the cause and what to do, and with nothing but that", async () => {
    answer = () => 503;
    await assert.rejects(wait({ waitSeconds: 0 }), (error: unknown) => {
      assert.ok(pulumi.RunError.isInstance(error));
      const lines = error.message.split("\n");
      assert.match(
        lines[0] ?? "",
        /^The cluster's API has not answered in \d+ s: https:\/\/localhost:\d+$/,
      );
      assert.deepEqual(lines.slice(1), [
        "  cause: the way is there, and the API is not ready",
        "  seen:  HTTP 503; localhost is 10.80.1.4 here; this machine sends from 100.101.102.103; no Tailscale client to ask",
        "  mend:  wait; if it stays so: aws eks describe-cluster --query cluster.[status,health] --name CLUSTER",
      ]);
      return true;
    });
    assert.deepEqual(warnings, []);
  });

  it("adds to the error what else can be done", async () => {
    answer = () => 503;
    await assert.rejects(wait({ waitSeconds: 0, hint: "Or go around." }), {
      message: /--name CLUSTER\nOr go around\.$/,
    });
  });

  it("says once what it waits for, and goes on", async () => {
    let asked = 0;
    answer = () => (++asked < 4 ? 503 : 200);
    await wait({ patienceSeconds: 0 });
    assert.equal(asked, 4);
    assert.equal(warnings.length, 1);
    assert.match(
      warnings[0] ?? "",
      /^The cluster's API does not answer yet; waiting for it, \d+ s more: https/,
    );
    assert.match(warnings[0] ?? "", /\n {2}cause: .*\n {2}seen: {2}.*\n {2}mend: {2}[^\n]*$/);
  });

  it("says anew what it waits for, once that is something else", async () => {
    const { certificate: ca } = await selfSigned();
    // Who sits there starts Tailscale, and then accepts the routes.
    const locals = [["192.168.1.5"], ["192.168.1.5"], ["100.101.102.103"]];
    const sources = ["192.168.1.5", "192.168.1.5", "192.168.1.5"];
    const mended: Machine = {
      ...machine,
      localAddresses: () => locals.shift() ?? machine.localAddresses(),
      sourceAddressTo: (address) =>
        Promise.resolve(sources.shift() ?? machine.sourceAddressTo(address)),
    };
    const causes: (string | undefined)[] = [];
    const warn = (message: string): void => {
      causes.push(message.split("\n")[1]);
      if (causes.length === 3) throw new Error("enough");
    };
    await assert.rejects(wait({ ca, patienceSeconds: 0, machine: mended, warn }), {
      message: "enough",
    });
    const { notOnTailnet, noRoute, otherServer } = CAUSES;
    const place = { host: "localhost", vpcCidr: "10.80.0.0/16" };
    assert.deepEqual(
      causes,
      [notOnTailnet.is(), noRoute.is(place), otherServer.is()].map((is) => `  cause: ${is}`),
    );
  });

  it("takes an address for one, also of IPv6", async () => {
    const asked: string[] = [];
    const noting: Machine = {
      ...machine,
      lookup: (host) => Promise.reject(new Error(`${host} was looked up`)),
      sourceAddressTo: (address) => Promise.resolve(asked.push(address)).then(() => "::1"),
    };
    await assert.rejects(wait({ endpoint: "https://[::1]:1", waitSeconds: 0, machine: noting }));
    assert.deepEqual(asked, ["::1"]);
  });
});
