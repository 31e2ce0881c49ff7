import { strict as assert } from "node:assert";

import {
  causeOf,
  set,
  SET_TOKEN,
  WAY_OUT,
  type CertificateCause,
} from "../../../../components/home/certificate/causes";

describe("causeOf", () => {
  const cause = (says: RegExp): CertificateCause => ({ says, is: String(says), mend: () => "" });

  it("is the first cause that a sentence names", () => {
    const causes = [cause(/moon/), cause(/full/), cause(/is/)];
    assert.equal(causeOf("it is full", causes), causes[1]);
    assert.equal(causeOf("nothing of that", causes), undefined);
  });
});

describe("the commands that mend", () => {
  it("set a key by its path, and ask for the secret", () => {
    assert.equal(set("app.host", "a.test"), "pulumi config set --path app.host a.test");
    assert.equal(SET_TOKEN, "pulumi config set --secret dnsToken");
  });

  it("name what may be in the way", () => {
    assert.match(WAY_OUT, /firewall.*DNS/);
  });
});
