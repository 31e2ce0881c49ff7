import { strict as assert } from "node:assert";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { strict, writeServedSchemas } from "../../../sandbox/scan/schemas";

const WIDGET = {
  type: "object",
  properties: { size: { type: "integer" } },
  "x-kubernetes-group-version-kind": [{ group: "shop.test", version: "v1", kind: "Widget" }],
};
const SERVED: Record<string, object> = {
  "/openapi/v3/apis/shop.test/v1": {
    components: {
      schemas: {
        "test.shop.v1.Widget": WIDGET,
        "test.shop.v1.Size": { type: "integer" },
        DeleteOptions: { "x-kubernetes-group-version-kind": [{}, {}] },
      },
    },
  },
  "/openapi/v3/api/v1": { components: { schemas: {} } },
};

describe("writeServedSchemas", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-schemas-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("asks once for each group, and writes a file for each kind of it", async () => {
    const asked: string[] = [];
    const ask = (path: string): Promise<string> => {
      asked.push(path);
      return Promise.resolve(JSON.stringify(SERVED[path]));
    };
    await writeServedSchemas(ask, ["shop.test/v1", "v1", "shop.test/v1"], folder);
    assert.deepEqual(asked, Object.keys(SERVED));
    const files = (await readdir(folder)).sort();
    assert.deepEqual(files, ["shop.test_v1.json", "shop.test_v1_widget.json", "v1.json"]);
    assert.deepEqual(JSON.parse(await readFile(join(folder, "shop.test_v1_widget.json"), "utf8")), {
      $ref: "shop.test_v1.json#/components/schemas/test.shop.v1.Widget",
    });
  });
});

describe("strict", () => {
  it("refuses fields that an object's schema does not know, at every depth", () => {
    const inner = { type: "object", properties: { a: { type: "string" } } };
    const closed = { ...inner, additionalProperties: false };
    assert.deepEqual(strict({ type: "object", properties: { inner } }), {
      type: "object",
      properties: { inner: closed },
      additionalProperties: false,
    });
  });

  it("leaves open what the server leaves open", () => {
    const open = {
      ...{ type: "object", properties: { a: { type: "string" } } },
      "x-kubernetes-preserve-unknown-fields": true,
    };
    assert.deepEqual(strict(open), open);
    const labels = { type: "object", additionalProperties: { type: "string" } };
    assert.deepEqual(strict(labels), labels);
  });

  it("takes a number or a text for a port", () => {
    const either = { type: ["integer", "string"] };
    assert.deepEqual(strict({ format: "int-or-string", oneOf: [{ type: "integer" }] }), either);
    assert.deepEqual(strict({ "x-kubernetes-int-or-string": true }), either);
  });
});
