import { deepStrictEqual, doesNotThrow, strictEqual, throws } from "node:assert";

import { refuseExisting } from "../../../../sandbox/providers/kubernetes/existing";
import {
  contentChanges,
  identityChanges,
} from "../../../../sandbox/providers/kubernetes/immutable";
import { declaration, isManagedBy } from "../../../../sandbox/providers/kubernetes/objects";
import { foreseen } from "../../../../sandbox/providers/kubernetes/preview";
import {
  fieldManagerOfState,
  inputsWithSecrets,
  stateOf,
} from "../../../../sandbox/providers/kubernetes/secrets";
import { readSettings } from "../../../../sandbox/providers/kubernetes/settings";
import { timeoutOf } from "../../../../sandbox/providers/kubernetes/timeouts";
import { at, type JsonObject } from "../../../../sandbox/providers/skeleton/json";
import { UNKNOWN } from "../../../../sandbox/providers/skeleton/properties";

const MANAGER = "pulumi-kubernetes-12345678";
const live = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: {
    name: "token",
    namespace: "shop",
    uid: "1",
    resourceVersion: "7",
    generation: 1,
    creationTimestamp: "2026-01-01T00:00:00Z",
    managedFields: [{ manager: MANAGER, operation: "Apply" }],
    labels: { app: "shop" },
  },
  data: { token: "aGlkZGVu" },
} satisfies JsonObject;
const inputs = inputsWithSecrets(
  {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "token" },
    stringData: { token: "hidden" },
  },
  [["metadata", "annotations", "note"]],
);

describe("The state of an object", () => {
  it("is the object and what was asked for, without the bookkeeping of its fields", () => {
    const { values } = stateOf(live, inputs, { fieldManager: MANAGER });
    strictEqual(at(values, "metadata", "uid"), "1");
    strictEqual(at(values, "metadata", "managedFields"), undefined);
    deepStrictEqual(values["__inputs"], inputs.values);
    strictEqual(values["__initialApiVersion"], "v1");
    strictEqual(fieldManagerOfState(values, "urn"), MANAGER);
  });

  it("has the secrets of the inputs, and of a Secret all of its data, wherever they come back", () => {
    const { secrets } = stateOf(live, inputs, { fieldManager: MANAGER });
    const paths = new Set(secrets.map((path) => path.join(".")));
    for (const path of ["data", "stringData", "metadata.annotations.note"]) {
      strictEqual(paths.has(path), true, path);
      strictEqual(paths.has(`__inputs.${path}`), true, `__inputs.${path}`);
    }
  });

  it("marks nothing twice", () => {
    const { secrets } = inputsWithSecrets(inputs.values, [["stringData", "token"]]);
    deepStrictEqual(secrets, [["data"], ["stringData"]]);
  });
});

describe("What is foreseen of an object", () => {
  it("is the inputs, with what the server makes as unknown", () => {
    const made = foreseen({ apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "a" } });
    strictEqual(made["status"], UNKNOWN);
    strictEqual(at(made, "metadata", "uid"), UNKNOWN);
    strictEqual(at(made, "metadata", "name"), "a");
    strictEqual(at(foreseen({ metadata: { generateName: "a-" } }), "metadata", "name"), UNKNOWN);
  });

  it("has no address of a Service, unless it is to have none", () => {
    const service = (spec: JsonObject): JsonObject =>
      foreseen({ apiVersion: "v1", kind: "Service", metadata: {}, spec });
    // A dry-run gives an address that the real Service will not have.
    strictEqual(at(service({ clusterIP: "10.43.0.7" }), "spec", "clusterIP"), UNKNOWN);
    strictEqual(at(service({ clusterIP: "None" }), "spec", "clusterIP"), "None");
  });
});

describe("An object that exists already", () => {
  const kind = { apiVersion: "v1", kind: "Secret", plural: "secrets", namespaced: true };
  const key = { kind, name: "token", namespace: "shop" };
  const resource = {
    fieldManager: MANAGER,
    type: "kubernetes:core/v1:Secret",
    name: "mine",
    upsert: false,
    isKnown: false,
  };

  it("is ours where it was applied for the same resource", () => {
    strictEqual(isManagedBy(live, MANAGER), true);
    strictEqual(
      isManagedBy({ metadata: { managedFields: [{ manager: MANAGER }] } }, MANAGER),
      false,
    );
    doesNotThrow(() => {
      refuseExisting(key, live, resource);
    });
  });

  it("is refused where it was not, with the command that takes it over", () => {
    const foreign = { ...resource, fieldManager: "pulumi-kubernetes-87654321" };
    throws(() => {
      refuseExisting(key, live, foreign);
    }, /Secret shop\/token exists already.*`pulumi import kubernetes:core\/v1:Secret mine shop\/token`/);
    doesNotThrow(() => {
      refuseExisting(key, live, { ...foreign, upsert: true });
    });
  });

  it("is refused where it is the one to be replaced", () => {
    throws(() => {
      refuseExisting(key, live, { ...resource, isKnown: true });
    }, /is to be replaced, but the old one is still there.*deleteBeforeReplace/);
  });

  it("is declared by what a program would have to say of it", () => {
    deepStrictEqual(declaration({ ...live, status: { phase: "x" } }), {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "token", namespace: "shop", labels: { app: "shop" } },
      data: { token: "aGlkZGVu" },
    });
  });
});

describe("A replacement", () => {
  const changes = new Map([
    ["metadata.name", "update"],
    ["metadata.labels.app", "update"],
    ["stringData.token", "update"],
  ] as const);

  it("is due where the identity changes", () => {
    deepStrictEqual(identityChanges(changes), ["metadata.name"]);
  });

  it("is due where the data of a Secret change, unless the provider is told otherwise", () => {
    deepStrictEqual(contentChanges(live, changes, readSettings({}, {})), ["stringData.token"]);
    const mutable = readSettings({ enableSecretMutable: "true" }, {});
    deepStrictEqual(contentChanges(live, changes, mutable), []);
    const deployment = { apiVersion: "apps/v1", kind: "Deployment" };
    deepStrictEqual(contentChanges(deployment, changes, readSettings({}, {})), []);
  });
});

describe("The time that an object is waited for", () => {
  const annotated = { metadata: { annotations: { "pulumi.com/timeoutSeconds": "30" } } };

  it("is the resource's, else its annotation's, else ten minutes", () => {
    strictEqual(timeoutOf(annotated, 5), 5);
    strictEqual(timeoutOf(annotated, undefined), 30);
    strictEqual(timeoutOf({}, undefined), 600);
  });
});
