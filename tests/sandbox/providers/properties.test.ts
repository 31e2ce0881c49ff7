import { deepStrictEqual, strictEqual } from "node:assert";

import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import {
  decode,
  encode,
  hasUnknown,
  secretTexts,
  UNKNOWN,
} from "../../../sandbox/providers/skeleton/properties";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

const secret = (value: unknown): Record<string, unknown> => ({ [SIGNATURE]: SECRET, value });

describe("Properties on the wire", () => {
  const wire = {
    plain: "text",
    list: [1, secret("in a list")],
    data: secret({ password: "hidden" }),
  };

  it("are plain values and the paths of the secrets among them", () => {
    const { values, secrets } = decode(Struct.fromJavaScript(wire));
    deepStrictEqual(values, {
      plain: "text",
      list: [1, "in a list"],
      data: { password: "hidden" },
    });
    deepStrictEqual(new Set(secrets), new Set([["list", 1], ["data"]]));
  });

  it("come back as they were", () => {
    deepStrictEqual(encode(decode(Struct.fromJavaScript(wire))).toJavaScript(), wire);
  });

  it("have no nulls, which say nothing", () => {
    const { values } = decode(Struct.fromJavaScript({ a: null, b: { c: null, d: false } }));
    deepStrictEqual(values, { b: { d: false } });
  });

  it("know what is unknown, of whatever type", () => {
    const number = "3eeb2bf0-c639-47a8-9e75-3b44932eb421";
    const { values } = decode(Struct.fromJavaScript({ spec: { replicas: number } }));
    deepStrictEqual(values, { spec: { replicas: UNKNOWN } });
    strictEqual(hasUnknown(values), true);
    strictEqual(hasUnknown({ spec: { replicas: 3 } }), false);
  });

  it("tell which texts are secret", () => {
    deepStrictEqual(secretTexts(decode(Struct.fromJavaScript(wire))).sort(), [
      "hidden",
      "in a list",
    ]);
  });
});
