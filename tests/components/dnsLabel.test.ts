import { strict as assert } from "node:assert";

import { DNS_LABEL } from "../../components/dnsLabel";

describe("DNS_LABEL", () => {
  it("takes letters in lower case, digits and dashes inside, up to 63", () => {
    for (const label of ["a", "9", "web-1", "a".repeat(63)]) assert.match(label, DNS_LABEL);
  });

  it("takes nothing else", () => {
    for (const label of ["", "Web", "web_1", "-web", "web-", "a.b", "a\n", "a".repeat(64)]) {
      assert.doesNotMatch(label, DNS_LABEL);
    }
  });
});
