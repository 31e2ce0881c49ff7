import { strict as assert } from "node:assert";
import type { LookupAddress } from "node:dns";
import { isIP } from "node:net";

import { lookupForConnection, systemLookup } from "../../../components/live/systemLookup";

describe("systemLookup", () => {
  /** Looks a name up as whoever makes a connection. */
  const ask = (host: string, all: boolean): Promise<string | LookupAddress[]> =>
    new Promise((resolve, reject) => {
      lookupForConnection(host, { all }, (error, found) => {
        if (error === null) resolve(found);
        else reject(error);
      });
    });

  it("knows what the hosts file of the machine says, and shares what is under way", async () => {
    const first = systemLookup("localhost");
    assert.equal(systemLookup("localhost"), first);
    const addresses = await first;
    assert.ok(addresses.some(({ address }) => address === "127.0.0.1" || address === "::1"));
    assert.notEqual(systemLookup("localhost"), first);
  });

  it("gives a connection all addresses, or the first of them", async () => {
    assert.deepEqual(await ask("localhost", true), await systemLookup("localhost"));
    const first = await ask("localhost", false);
    assert.ok(typeof first === "string" && isIP(first) !== 0);
  });

  it("says that a name below invalid, which never resolves, is not known (RFC 6761)", async () => {
    await assert.rejects(systemLookup("nowhere.invalid"), /ENOTFOUND|EAI_AGAIN/);
    await assert.rejects(ask("nowhere.invalid", false), /nowhere\.invalid/);
  });
});
