import { strict as assert } from "node:assert";

import {
  isReservedNamespace,
  nameProblems,
  namespaceProblems,
} from "../../../components/httpbin/names";

describe("nameProblems", () => {
  it("takes what a Service may be named, with room for what is named after it", () => {
    const good = ["a", "httpbin", "a9", "a".repeat(45)];
    const bad = ["", "9pins", "Httpbin", "a-", "-a", "a.b", "a".repeat(46)];
    assert.deepEqual(
      [...good, ...bad].filter((name) => nameProblems(name).length === 0),
      good,
    );
    assert.equal(nameProblems("9pins")[0]?.key, "name");
  });
});

describe("isReservedNamespace", () => {
  it("knows the namespaces that every cluster has or keeps for itself", () => {
    const names = ["default", "kube-system", "kube-public", "kube-node-lease", "kube-mine"];
    for (const name of names) assert.ok(isReservedNamespace(name), name);
    for (const name of ["httpbin", "cert-manager", "kubernetes", "defaults"]) {
      assert.ok(!isReservedNamespace(name), name);
    }
  });
});

describe("namespaceProblems", () => {
  it("refuses a reserved namespace where it would be made, and takes it where it is there", () => {
    assert.deepEqual(namespaceProblems("kube-system", true), [
      {
        key: "namespace",
        given: "kube-system",
        allowed: "a namespace that can be made, as createNamespace is true; not default or kube-…",
        suggestion: "httpbin",
      },
    ]);
    assert.deepEqual(namespaceProblems("kube-system", false), []);
    assert.deepEqual(namespaceProblems("httpbin", true), []);
  });

  it("refuses what is no name of a namespace, made or not", () => {
    for (const createNamespace of [true, false]) {
      assert.deepEqual(
        namespaceProblems("Shared", createNamespace).map(({ allowed }) => allowed),
        ["a lower-case DNS label: letters, digits and dashes, at most 63"],
      );
    }
  });
});
