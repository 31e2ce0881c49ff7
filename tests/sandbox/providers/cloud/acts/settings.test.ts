import { deepStrictEqual, rejects, strictEqual } from "node:assert";

import { TailnetCloud } from "../../../../support/tailnetCloud";

const ACL = "tailscale:index/acl:Acl";
const SPLIT_DNS = "tailscale:index/dnsSplitNameservers:DnsSplitNameservers";
const ACL_PATH = "/api/v2/tailnet/-/acl";
const DNS_PATH = "/api/v2/tailnet/-/dns/split-dns";
const POLICY = '{"tagOwners": {"tag:router": []},}';

describe("What is set of a real tailnet", () => {
  let tailnet: TailnetCloud;

  beforeEach(async () => {
    tailnet = await TailnetCloud.create();
  });

  afterEach(() => tailnet.remove());

  it("is the policy file, which a refresh sees changed by hand", async () => {
    const { cloud, control, replies } = tailnet;
    replies[`POST ${ACL_PATH}`] = { body: POLICY };
    const inputs = { acl: POLICY, overwriteExistingContent: true };
    const policy = await cloud.make(ACL, "policy", inputs);
    strictEqual(control.calls[0]?.body, POLICY);
    strictEqual(control.calls[0].headers["if-match"], undefined);
    replies[`GET ${ACL_PATH}`] = { body: POLICY };
    deepStrictEqual((await cloud.read(policy))?.inputs.values, inputs);
    replies[`GET ${ACL_PATH}`] = { body: "{}" };
    strictEqual((await cloud.read(policy))?.inputs.values["acl"], "{}");
    await cloud.make(ACL, "policy", { ...inputs, acl: "{ }" }, { before: policy });
    strictEqual(control.calls.at(-1)?.body, "{ }");
    await cloud.delete(policy);
    strictEqual(control.changes.length, 2, "the policy of others stays");
  });

  it("is the policy file of a new tailnet again, where that is said", async () => {
    const { cloud, control, replies } = tailnet;
    replies[`POST ${ACL_PATH}`] = { body: POLICY };
    await cloud.delete(await cloud.make(ACL, "policy", { acl: POLICY, resetAclOnDestroy: true }));
    strictEqual(control.calls.at(-1)?.body.includes('"src": ["*"]'), true);
  });

  it("is no policy file that is refused, nor in place of one that somebody wrote", async () => {
    const { cloud, control, replies } = tailnet;
    const refused = (status: number, message: string): void => {
      replies[`POST ${ACL_PATH}`] = { status, body: { message } };
    };
    refused(400, "line 1: invalid character");
    await rejects(cloud.make(ACL, "policy", { acl: "{", overwriteExistingContent: true }), {
      message: "Failed to set ACL: line 1: invalid character (400)",
    });
    refused(412, "precondition failed, invalid old hash");
    await rejects(cloud.make(ACL, "policy", { acl: POLICY }), /overwrite a non-default policy/);
    strictEqual(control.calls.at(-1)?.headers["if-match"], '"ts-default"');
    deepStrictEqual(cloud.world.everything(), []);
  });

  it("is whom devices ask for a domain, until that is deleted", async () => {
    const { cloud, control, replies } = tailnet;
    replies[`PATCH ${DNS_PATH}`] = { body: {} };
    const inputs = { domain: "a.eks.test", nameservers: ["10.80.0.2"] };
    const dns = await cloud.make(SPLIT_DNS, "api", inputs);
    strictEqual(dns.id, "a.eks.test");
    replies[`GET ${DNS_PATH}`] = { body: { "a.eks.test": ["10.80.0.2"] } };
    deepStrictEqual((await cloud.read(dns))?.inputs.values, inputs);
    replies[`GET ${DNS_PATH}`] = { body: {} };
    deepStrictEqual((await cloud.read(dns))?.inputs.values["nameservers"], []);
    const other = { ...inputs, nameservers: ["10.80.0.3"] };
    await cloud.delete(await cloud.make(SPLIT_DNS, "api", other, { before: dns }));
    deepStrictEqual(
      control.calls.filter(({ method }) => method === "PATCH").map(({ body }) => body),
      ['{"a.eks.test":["10.80.0.2"]}', '{"a.eks.test":["10.80.0.3"]}', '{"a.eks.test":[]}'],
    );
  });
});
