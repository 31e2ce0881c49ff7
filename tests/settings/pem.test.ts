import { strict as assert } from "node:assert";

import { certificatesOf } from "../../settings/pem";
import { selfSigned } from "../support/certificates";

describe("certificatesOf", () => {
  it("reads every certificate of a bundle, in its order, and skips what is between", async () => {
    const one = await selfSigned(new Date("2031-01-01T00:00:00Z"));
    const two = await selfSigned(new Date("2032-01-01T00:00:00Z"));
    const bundle = `# one\n${one.certificate}\n# two\n${two.certificate}\n`;
    const years = certificatesOf(bundle)?.map(({ validTo }) => new Date(validTo).getFullYear());
    assert.deepEqual(years, [2031, 2032]);
  });

  it("is undefined where there is none, or one that cannot be read", async () => {
    const { certificate, key } = await selfSigned();
    const garbage = "-----BEGIN CERTIFICATE-----\nQ0E=\n-----END CERTIFICATE-----\n";
    for (const pem of ["", "CA", key, garbage, `${certificate}\n${garbage}`]) {
      assert.equal(certificatesOf(pem), undefined, pem);
    }
  });
});
