import { deepStrictEqual } from "node:assert";

import { difference, touching } from "../../../sandbox/providers/skeleton/difference";

describe("The difference between inputs", () => {
  const deployment = (image: string, ...more: string[]): Record<string, string[]> => ({
    args: [image, ...more],
  });

  it("is none where only the order of keys differs", () => {
    deepStrictEqual(difference({ a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }).size, 0);
  });

  it("names what is added, deleted and updated by its path", () => {
    const changes = difference(
      { metadata: { labels: { "app.kubernetes.io/name": "a", old: "x" } }, spec: { ports: [80] } },
      { metadata: { labels: { "app.kubernetes.io/name": "b", new: "y" } }, spec: { ports: [81] } },
    );
    deepStrictEqual(Object.fromEntries(changes), {
      'metadata.labels["app.kubernetes.io/name"]': "update",
      "metadata.labels.old": "delete",
      "metadata.labels.new": "add",
      "spec.ports[0]": "update",
    });
  });

  it("goes into lists of different lengths", () => {
    deepStrictEqual(Object.fromEntries(difference(deployment("a", "b"), deployment("a"))), {
      "args[1]": "delete",
    });
  });

  it("stops where the shape differs", () => {
    const changes = difference({ target: { name: "http" } }, { target: 80 });
    deepStrictEqual(Object.fromEntries(changes), { target: "update" });
  });

  it("tells what touches a field: itself, what is in it, and what it is in", () => {
    const changes = new Map([
      ["spec.selector.matchLabels.app", "update"],
      ["spec.selectors", "update"],
      ["spec", "update"],
    ] as const);
    deepStrictEqual(touching(changes, "spec.selector"), ["spec.selector.matchLabels.app", "spec"]);
  });
});
