import { deepStrictEqual, strictEqual } from "node:assert";

import { isSameObject, project } from "../../../../sandbox/providers/kubernetes/projection";
import type { JsonObject } from "../../../../sandbox/providers/skeleton/json";

/** As a program writes it. */
const app = { name: "app", image: "app:1", resources: { requests: { cpu: "0.05" } } };
const side = { name: "side", image: "side:1" };
const spec: JsonObject = { containers: [app, side], args: ["--a"] };
const inputs: JsonObject = { metadata: { name: "app" }, spec };

/** As the server has it. */
function live(image: string, cpu = "50m"): JsonObject {
  return {
    metadata: { name: "app", uid: "1", resourceVersion: image },
    spec: {
      restartPolicy: "Always",
      containers: [
        { name: "app", image, resources: { requests: { cpu } }, imagePullPolicy: "Always" },
        { name: "side", image: "side:1", imagePullPolicy: "Always" },
      ],
      args: ["--a"],
    },
    status: { phase: "Running" },
  };
}

describe("What the program would have to say", () => {
  it("is what it says where nothing was changed, in its own spelling", () => {
    deepStrictEqual(project(inputs, live("app:1"), live("app:1")), inputs);
  });

  it("has the value that somebody changed, and keeps the spelling of the rest", () => {
    const projected = project(inputs, live("app:evil"), live("app:1"));
    deepStrictEqual(projected["spec"], {
      ...spec,
      containers: [{ ...app, image: "app:evil" }, side],
    });
  });

  it("has the server's spelling of a quantity only where it was changed", () => {
    const projected = project(inputs, live("app:1", "100m"), live("app:1"));
    deepStrictEqual(projected["spec"], {
      ...spec,
      containers: [{ ...app, resources: { requests: { cpu: "100m" } } }, side],
    });
  });

  it("has no container that somebody took away, and none that somebody added", () => {
    const there = {
      spec: { args: ["--a"], containers: [app, { name: "injected", image: "x" }] },
    } as JsonObject;
    const applied = {
      spec: { args: ["--a"], containers: [app, side, { name: "injected", image: "x" }] },
    } as JsonObject;
    deepStrictEqual(project(inputs, there, applied)["spec"], {
      ...spec,
      containers: [app],
    });
  });

  it("has a list without names as it is there", () => {
    const changed = { spec: { args: ["--a", "--b"] } };
    deepStrictEqual(
      project({ spec: { args: ["--a"] } }, changed, { spec: { args: ["--a"] } }),
      changed,
    );
  });

  it("has a Secret's texts where the program has them", () => {
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    const given = { stringData: { word: "sesame" } };
    const stored = (text: string): JsonObject => ({ data: { word: base64(text) } });
    deepStrictEqual(project(given, stored("sesame"), stored("sesame")), given);
    deepStrictEqual(project(given, stored("evil"), stored("sesame")), {
      stringData: { word: "evil" },
    });
  });
});

describe("Two answers of the server", () => {
  it("show the same object whatever its version and its status are", () => {
    const later = { ...live("app:1"), metadata: { name: "app", resourceVersion: "2" }, status: {} };
    strictEqual(isSameObject(live("app:1"), later), true);
    strictEqual(isSameObject(live("app:1"), live("app:2")), false);
  });
});
