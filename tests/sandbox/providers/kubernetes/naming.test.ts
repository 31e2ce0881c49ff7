import { deepStrictEqual, match, notStrictEqual, strictEqual } from "node:assert";

import {
  fieldManagerOf,
  generatedName,
  madeUpName,
  NAME_NEEDED,
  withName,
} from "../../../../sandbox/providers/kubernetes/naming";
import type { Json } from "../../../../sandbox/providers/skeleton/json";
import { UNKNOWN } from "../../../../sandbox/providers/skeleton/properties";

describe("The name of an object", () => {
  const request = { name: "app", randomSeed: new Uint8Array([1, 2, 3]), autonaming: undefined };
  const seeded = (seed: number): typeof request => ({
    ...request,
    randomSeed: new Uint8Array([seed]),
  });

  it("is the resource's with eight digits, the same for the same seed", () => {
    match(madeUpName(request) ?? "", /^app-[0-9a-f]{8}$/);
    strictEqual(madeUpName(request), madeUpName(request));
    notStrictEqual(madeUpName(seeded(1)), madeUpName(seeded(2)));
  });

  it("is marked as made up", () => {
    const name = madeUpName(request);
    deepStrictEqual(withName({}, {}, request).object, {
      metadata: { name, annotations: { "pulumi.com/autonamed": "true" } },
    });
  });

  it("stays what it was made up as before", () => {
    const { object } = withName({ data: {} }, withName({}, {}, seeded(1)).object, seeded(2));
    strictEqual((object["metadata"] as { name: string }).name, madeUpName(seeded(1)));
  });

  it("is made up anew where it was given before and is no longer", () => {
    const { object } = withName({}, { metadata: { name: "given" } }, request);
    strictEqual((object["metadata"] as { name: string }).name, madeUpName(request));
  });

  const given: Json[] = [{ name: "given" }, { name: UNKNOWN }, { generateName: "given-" }, UNKNOWN];
  for (const metadata of given) {
    it(`is left alone where the program says ${JSON.stringify(metadata)}`, () => {
      deepStrictEqual(withName({ metadata }, {}, request), { object: { metadata } });
    });
  }

  it("is the engine's proposal where the stack's config asks for one", () => {
    const autonaming = { proposedName: "stack-app", mode: "enforce" } as const;
    strictEqual(madeUpName({ ...request, autonaming }), "stack-app");
  });

  it("is asked for where the stack's config forbids to make one up", () => {
    const autonaming = { proposedName: "", mode: "disable" } as const;
    deepStrictEqual(withName({}, {}, { ...request, autonaming }).failure, {
      property: "metadata.name",
      reason: NAME_NEEDED,
    });
  });

  it("has five letters of the API server's alphabet after a generateName", () => {
    match(generatedName("job-"), /^job-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it("does not change who its fields belong to", () => {
    const urn = "urn:pulumi:home::k8s-test::kubernetes:core/v1:Secret::app";
    match(fieldManagerOf(urn), /^pulumi-kubernetes-[0-9a-f]{8}$/);
    strictEqual(fieldManagerOf(urn), fieldManagerOf(urn));
    notStrictEqual(fieldManagerOf(urn), fieldManagerOf(`${urn}2`));
  });
});
