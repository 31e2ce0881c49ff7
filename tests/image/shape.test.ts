import { strict as assert } from "node:assert";

import type { HttpAnswer } from "../../image/http";
import { answerShape, jsonShape } from "../../image/shape";

function answer(body: string, headers: HttpAnswer["headers"], status = 200): HttpAnswer {
  return { status, headers, body: Buffer.from(body).toString("base64"), milliseconds: 1 };
}

describe("jsonShape", () => {
  it("has the name of the type in the place of each value", () => {
    const value = { b: [1, "x"], a: null, c: { d: true } };
    assert.deepEqual(jsonShape(value), {
      a: "null",
      b: ["number", "string"],
      c: { d: "boolean" },
    });
  });
});

describe("answerShape", () => {
  const json = { "content-type": "application/json" };

  it("does not depend on values of JSON, or on the headers of the server", () => {
    const one = answer('{"uuid": "1"}', { ...json, server: "granian" });
    const other = answer('{"uuid": "2"}', { ...json, server: "gunicorn", date: "now" });
    assert.deepEqual(answerShape(one), answerShape(other));
  });

  it("depends on the keys of JSON, on the status and on the type of the content", () => {
    const one = answerShape(answer('{"uuid": "1"}', json));
    assert.notDeepEqual(answerShape(answer('{"id": "1"}', json)), one);
    assert.notDeepEqual(answerShape(answer('{"uuid": "1"}', json, 201)), one);
    assert.notDeepEqual(answerShape(answer('{"uuid": "1"}', { "content-type": "text/json" })), one);
  });

  it("reads a stream of JSON line by line", () => {
    const { body } = answerShape(answer('{"id": 0}\n{"id": 1}\n', json));
    assert.deepEqual(body, [{ id: "number" }, { id: "number" }]);
  });

  it("tells whether there is a body, whatever its type", () => {
    assert.deepEqual(answerShape(answer("", json)).body, { empty: true });
  });

  it("compares text as it is, but for the port and nonces", () => {
    const html = { "content-type": "text/html" };
    const { body } = answerShape(answer("http://127.0.0.1:8080/a", html));
    assert.equal(body, "http://HOST/a");
  });

  it("compares the start and the length of other bytes", () => {
    const png = { "content-type": "image/png" };
    assert.deepEqual(answerShape(answer("0123456789", png)).body, {
      start: "3031323334353637",
      length: 10,
    });
  });
});
