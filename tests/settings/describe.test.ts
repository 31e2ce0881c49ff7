import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";

import { Ajv2020 } from "ajv/dist/2020.js";
import { parse } from "yaml";

import { describeKeys, projectConfig, stackFileSchema } from "../../settings/describe";
import { SECRET_KEYS, configSchema } from "../../settings/schema";
import { fixtures } from "../support/fixtures";

describe("describeKeys", () => {
  it("tells of every key what it is and what is allowed", () => {
    const keys = describeKeys();
    assert.ok(keys.length > 30);
    for (const { key, description, allowed } of keys) {
      assert.ok(description.endsWith("."), key);
      assert.notEqual(allowed, "", key);
    }
  });

  it("tells type, default, need and secrecy", () => {
    const found = (name: string): unknown => describeKeys().find(({ key }) => key === name);
    assert.deepEqual(found("app.autoscaling.maxReplicas"), {
      key: "app.autoscaling.maxReplicas",
      type: "integer",
      description: "Greatest number of pods.",
      allowed: "a whole number from 1 to 100",
      default: "4",
      required: false,
      secret: false,
    });
    assert.deepEqual(found("dnsToken"), {
      key: "dnsToken",
      type: "string",
      description:
        "Cloudflare API token, Route 53 secret access key or TSIG key of the DNS-01 challenge.",
      allowed: "a token limited to the one zone",
      required: false,
      secret: true,
    });
  });
});

describe("projectConfig", () => {
  const config = projectConfig();

  it("has every top-level key, each with type, description and default", () => {
    assert.deepEqual(Object.keys(config), Object.keys(configSchema.shape));
    for (const [key, entry] of Object.entries(config)) {
      assert.ok(entry.description.length > 0, key);
      assert.deepEqual(Object.keys(entry), ["type", "description", "default"], key);
    }
  });

  it("tells of every key inside a map, with its default", () => {
    for (const { key, default: value } of describeKeys()) {
      const [top = "", ...rest] = key.split(".");
      if (rest.length === 0) continue;
      const told = value === undefined ? "" : `, default ${value})`;
      const line = config[top]?.description
        .split("\n")
        .find((text) => text.startsWith(`- ${rest.join(".")} (`));
      assert.ok(line?.includes(told), key);
    }
  });
});

describe("stackFileSchema", () => {
  const ajv = new Ajv2020({ validateFormats: false, allowUnionTypes: true });
  const validate = ajv.compile(stackFileSchema("k8s-test"));
  const problemsOf = async (path: string): Promise<unknown> => {
    validate(parse(await readFile(path, "utf8")));
    return validate.errors?.map(({ instancePath, keyword }) => `${instancePath} ${keyword}`) ?? [];
  };

  for (const { reason, stackFile } of fixtures("valid")) {
    it(`takes a stack file that is right: ${reason}`, async () => {
      assert.deepEqual(await problemsOf(stackFile), []);
    });
  }

  it("finds, in an editor, a value that is not allowed, a key that is unknown and a secret in plain text", async () => {
    const found = async (reason: string): Promise<unknown> =>
      problemsOf(fixtures("invalid").find((invalid) => invalid.reason === reason)?.stackFile ?? "");
    assert.deepEqual(await found("host-with-port"), ["/config/k8s-test:app/host pattern"]);
    assert.deepEqual(await found("quantity-of-another-kind"), [
      "/config/k8s-test:app/resources/requests/cpu type",
    ]);
    assert.deepEqual(await found("unknown-key"), [
      "/config/k8s-test:app/autoscaling additionalProperties",
    ]);
    assert.deepEqual(await found("unknown-section"), ["/config/k8s-test:hom false schema"]);
    const inPlainText = {
      kubeconfig: "kubeconfig-in-plain-text",
      dnsToken: "token-in-plain-text",
      tailscaleOauthSecret: "live-secret-in-plain-text",
      grafanaPassword: "grafana-password-in-plain-text",
    };
    for (const key of SECRET_KEYS) {
      assert.deepEqual(await found(inPlainText[key]), [`/config/k8s-test:${key} type`]);
    }
  });

  it("finds what is wrong inside of a list, too", async () => {
    const found = async (reason: string): Promise<unknown> =>
      problemsOf(fixtures("invalid").find((invalid) => invalid.reason === reason)?.stackFile ?? "");
    const live = "/config/k8s-test:live";
    assert.deepEqual(await found("live-admin-is-root"), [`${live}/access/admins/0 pattern`]);
    assert.deepEqual(await found("live-ci-without-a-principal"), [`${live}/access/ci/0 required`]);
    assert.deepEqual(await found("live-nodes-without-a-type"), [
      `${live}/nodes/instanceTypes minItems`,
    ]);
  });
});
