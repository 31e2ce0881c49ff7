import { strict as assert } from "node:assert";

import { CAUSES } from "../../../components/live/causes";

const PLACE = { host: "api.example.com", vpcCidr: "10.80.0.0/16" };
const texts = Object.values(CAUSES).map(({ is, mend }) => ({ is: is(PLACE), mend: mend(PLACE) }));

describe("CAUSES", () => {
  it("tell themselves apart, by what is wrong and by what to do", () => {
    assert.equal(new Set(texts.map(({ is }) => is)).size, texts.length);
    assert.equal(new Set(texts.map(({ mend }) => mend)).size, texts.length);
  });

  it("fill one line each, which ends where a command may be copied", () => {
    for (const text of texts.flatMap(({ is, mend }) => [is, mend])) {
      assert.match(text, /^[^\n]{20,}[^\n.]$/);
    }
  });

  it("name the range and the host at hand", () => {
    assert.match(CAUSES.routeNotOffered.mend(PLACE), /^approve 10\.80\.0\.0\/16 of the router/);
    assert.match(
      CAUSES.policyForbids.mend(PLACE),
      /"dst": \["10\.80\.0\.0\/16"\], "ip": \["tcp:443"\]/,
    );
    assert.match(CAUSES.nameElsewhere.mend(PLACE), /nslookup api\.example\.com/);
  });
});
