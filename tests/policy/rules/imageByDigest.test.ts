import { strict as assert } from "node:assert";

import { judge } from "../../../policy/rule";
import { imageByDigest } from "../../../policy/rules/imageByDigest";
import { menderFor } from "../../../settings/mend";
import { broken, describeRule, type Violation } from "../../support/policy";

const DIGEST = `sha256:${"0".repeat(64)}`;

const image = (value: string, of = "live"): Omit<Violation, "found"> => ({
  type: "kubernetes:apps/v1:Deployment",
  of,
  path: "spec.template.spec.containers.0.image",
  value,
});
const tagged = (value: string): Violation => ({
  ...image(value),
  found: `container httpbin has the image ${value}`,
});

describeRule(
  imageByDigest,
  {
    "a tag": tagged("mccutchen/go-httpbin:2.25.0"),
    "no tag at all": tagged("mccutchen/go-httpbin"),
    "a digest that is cut off": tagged("mccutchen/go-httpbin@sha256:0123"),
  },
  () => {
    const count = async (violation: Omit<Violation, "found">): Promise<number> => {
      const { resources } = await broken({ ...violation, found: [] });
      return (await judge(imageByDigest, resources)).length;
    };

    it("takes a digest, with a tag or without", async () => {
      assert.equal(await count(image(`mccutchen/go-httpbin:2.25.0@${DIGEST}`)), 0);
      assert.equal(await count(image(`mccutchen/go-httpbin@${DIGEST}`)), 0);
    });

    it("lets a home have tags", async () => {
      assert.equal(await count(image("mccutchen/go-httpbin:2.25.0", "cloudflare")), 0);
    });

    it("is mended by the command that the config knows", () => {
      const next = "NAME:TAG@sha256:DIGEST";
      assert.equal(imageByDigest.mend("live"), menderFor("live").set("app.image", next));
    });
  },
);
