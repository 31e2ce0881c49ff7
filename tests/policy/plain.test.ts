import { strict as assert } from "node:assert";

import * as proxy from "@pulumi/policy/proxy";

import { UNKNOWN } from "../../policy/inputs";
import { plain } from "../../policy/plain";

/** How the engine sends a text that is not known yet. */
const NOT_YET = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Properties as the SDK hands them to a policy. There, but left out of its types. */
const { unknownCheckingProxy: asHanded } = proxy as unknown as {
  unknownCheckingProxy: (props: object) => Record<string, unknown>;
};

describe("plain", () => {
  it("copies properties as they are", () => {
    const props = { text: "a", list: [1, { deep: true }], map: { empty: {} }, none: null };
    assert.deepEqual(plain(asHanded(props)), props);
  });

  it("marks what is not known yet, at any depth, and keeps the rest", () => {
    const props = { id: NOT_YET, list: ["a", NOT_YET], map: { arn: NOT_YET, name: "b" } };
    assert.deepEqual(plain(asHanded(props)), {
      id: UNKNOWN,
      list: ["a", UNKNOWN],
      map: { arn: UNKNOWN, name: "b" },
    });
  });

  it("hands on any other failure", () => {
    const broken = {
      get name(): string {
        throw new Error("out of order");
      },
    };
    assert.throws(() => plain(broken), /^Error: out of order$/);
  });
});
