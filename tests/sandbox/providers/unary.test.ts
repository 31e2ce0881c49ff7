import { deepStrictEqual, ok, strictEqual } from "node:assert";

import type { sendUnaryData } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";

import { InitFailed } from "../../../sandbox/providers/skeleton/resourceProvider";
import { unary } from "../../../sandbox/providers/skeleton/unary";

/** What a method answers to a request; what it fails with, where it does. */
function call(
  method: ReturnType<typeof unary<string, string>>,
  request: string,
): Promise<Parameters<sendUnaryData<string>>> {
  // Of a call, nothing but the request is looked at.
  const handle = method as (call: { request: string }, done: sendUnaryData<string>) => void;
  return new Promise((resolve) => {
    handle({ request }, (...answer) => {
      resolve(answer);
    });
  });
}

describe("A method of the protocol", () => {
  it("answers what the function gives", async () => {
    deepStrictEqual(
      await call(
        unary((name) => `hello ${name}`),
        "you",
      ),
      [null, "hello you"],
    );
  });

  it("fails with the message alone, and without any secret in it", async () => {
    const refuse = unary<string, string>(
      (given) => {
        const base64 = Buffer.from(given).toString("base64");
        throw new Error(`Invalid value: "${given}", that is ${base64}.`);
      },
      (given) => [given, "is"],
    );
    const [error] = await call(refuse, "open sesame");
    strictEqual(
      (error as { details: string }).details,
      'Invalid value: "[secret]", that is [secret].',
    );
  });

  it("gives the engine what was made when it does not work", async () => {
    const state = { values: { password: "hidden" }, secrets: [["password"]] };
    const broken = unary<string, string>(
      () => {
        const reasons = ["because of hidden things"];
        throw new InitFailed("broken", { id: "a/b", state, inputs: state }, reasons);
      },
      () => ["hidden"],
    );
    const [error] = await call(broken, "");
    const { metadata } = error as { metadata: { get(key: string): Buffer[] } };
    const [bytes] = metadata.get("grpc-status-details-bin");
    ok(bytes);
    const [detail] = Status.deserializeBinary(bytes).getDetailsList();
    ok(detail);
    strictEqual(detail.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
    const failed = ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
    strictEqual(failed.getId(), "a/b");
    deepStrictEqual(failed.getReasonsList(), ["because of [secret] things"]);
    deepStrictEqual(failed.getProperties()?.toJavaScript(), {
      password: {
        "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
        value: "hidden",
      },
    });
  });
});
