import { strict as assert } from "node:assert";

import type { Engine } from "../../../sandbox/stack/engine";
import {
  appliedObjects,
  asApplied,
  nameOf,
  referencesIn,
  type AppliedObject,
} from "../../../sandbox/scan/appliedObjects";

const NAMESPACE = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
const SECRET = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "password", namespace: "shop" },
};

function exported(...resources: object[]): string {
  return JSON.stringify({ version: 3, deployment: { resources } });
}

describe("appliedObjects", () => {
  it("names the command that brings up a stack which is not on the cluster", async () => {
    const read = (args: readonly string[]): Promise<string> =>
      args[1] === "ls"
        ? Promise.resolve(JSON.stringify([{ name: "home", current: true }]))
        : Promise.reject(new Error("no stack named 'live' found"));
    await assert.rejects(appliedObjects({ read } as unknown as Engine, "live"), {
      name: "UserError",
      message:
        'The stack "live" is not on this cluster. Bring it up: npm run sandbox -- up --stack live',
    });
  });
});

describe("referencesIn", () => {
  it("names the Kubernetes objects of a stack, and nothing else of them", () => {
    const text = exported(
      { type: "pulumi:pulumi:Stack" },
      { type: "pulumi:providers:kubernetes", outputs: { kubeconfig: "hunter2" } },
      { type: "k8s-test:app:HttpbinApp" },
      { type: "kubernetes:core/v1:Namespace", outputs: { ...NAMESPACE, status: {} } },
      { type: "kubernetes:core/v1:Secret", outputs: { ...SECRET, data: { word: "hunter2" } } },
    );
    assert.deepEqual(referencesIn(text), [NAMESPACE, SECRET]);
  });

  it("leaves out what a Release brings, and what is about to be deleted", () => {
    const text = exported(
      { type: "kubernetes:helm.sh/v3:Release", outputs: { name: "chart" } },
      { type: "kubernetes:core/v1:Secret", delete: true, outputs: SECRET },
    );
    assert.deepEqual(referencesIn(text), []);
    assert.deepEqual(referencesIn(JSON.stringify({ deployment: {} })), []);
  });

  it("refuses an object that was not made to its end", () => {
    const text = exported({ type: "kubernetes:core/v1:Secret" });
    assert.throws(
      () => referencesIn(text),
      /A kubernetes:core\/v1:Secret of the stack .* run `up` again/,
    );
  });
});

describe("asApplied", () => {
  const served: AppliedObject = {
    ...SECRET,
    metadata: {
      ...SECRET.metadata,
      ...{ labels: { app: "shop" }, uid: "1", resourceVersion: "7", generation: 2 },
      ...{ creationTimestamp: "2026-01-01T00:00:00Z", managedFields: [{ manager: "x" }] },
    },
    type: "Opaque",
    data: { word: Buffer.from("hunter2").toString("base64") },
    status: { phase: "Active" },
  };

  it("leaves out what is only said about an object", () => {
    const { metadata, type, ...rest } = asApplied(served);
    assert.deepEqual(metadata, { ...SECRET.metadata, labels: { app: "shop" } });
    assert.equal(type, "Opaque");
    assert.ok(!("status" in rest));
  });

  it("has the data of a Secret masked, and keeps their keys", () => {
    const { data } = asApplied(served);
    assert.deepEqual(data, { word: Buffer.from("masked").toString("base64") });
  });

  it("keeps the data of what is no secret", () => {
    const map = { ...served, kind: "ConfigMap", data: { word: "hello" } };
    assert.deepEqual(asApplied(map)["data"], { word: "hello" });
  });
});

describe("nameOf", () => {
  it("is kind, namespace and name", () => {
    assert.equal(nameOf(SECRET), "Secret shop/password");
    assert.equal(nameOf(NAMESPACE), "Namespace shop");
  });
});
