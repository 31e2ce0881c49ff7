import { deepStrictEqual, strictEqual } from "node:assert";

import {
  at,
  formatPath,
  merged,
  objectsAt,
  same,
  withValue,
} from "../../../sandbox/providers/skeleton/json";

describe("Plain values", () => {
  const value = { spec: { ports: [{ port: 80 }, "x"] } };

  it("have something at a path, or nothing", () => {
    strictEqual(at(value, "spec", "ports", 0, "port"), 80);
    strictEqual(at(value, "spec", "ports", "length"), undefined);
    strictEqual(at(undefined, "spec"), undefined);
    deepStrictEqual(objectsAt(value, "spec", "ports"), [{ port: 80 }]);
  });

  it("are the same whatever the order of their keys, but not of their items", () => {
    strictEqual(same({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }), true);
    strictEqual(same({ a: 1 }, { a: 1, b: 2 }), false);
    strictEqual(same([1, 2], [2, 1]), false);
    strictEqual(same({}, []), false);
  });

  it("are changed in a copy", () => {
    deepStrictEqual(withValue({ a: { b: 1 } }, ["a", "c", "d"], 2), { a: { b: 1, c: { d: 2 } } });
    deepStrictEqual(merged({ a: { b: 1, c: [1] }, d: 1 }, { a: { c: [2] }, e: 3 }), {
      a: { b: 1, c: [2] },
      d: 1,
      e: 3,
    });
  });

  it("have paths that the engine reads", () => {
    strictEqual(formatPath(["spec", "ports", 0, "port"]), "spec.ports[0].port");
    strictEqual(
      formatPath(["metadata", "labels", "app.kubernetes.io/name"]),
      'metadata.labels["app.kubernetes.io/name"]',
    );
  });
});
