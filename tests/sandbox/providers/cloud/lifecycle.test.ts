import { deepStrictEqual, match, ok, rejects, strictEqual } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { textAt } from "../../../../sandbox/providers/skeleton/json";
import { UNKNOWN } from "../../../../sandbox/providers/skeleton/properties";
import { Cloud } from "../../../support/cloud";
import { makeCluster, makeNetwork, makeRole } from "../../../support/cloudNetwork";

const VPC = "aws:ec2/vpc:Vpc";

describe("A resource of an offline cloud", () => {
  let cloud: Cloud;

  beforeEach(async () => {
    cloud = await Cloud.create();
    cloud.configure();
  });

  afterEach(() => cloud.remove());

  it("is in the world from when it is made until it is deleted, and the journal says so", async () => {
    const vpc = await cloud.make(VPC, "main", { cidrBlock: "10.80.0.0/16" });
    strictEqual(cloud.world.get(VPC, vpc.id)?.state["cidrBlock"], "10.80.0.0/16");
    const changed = { cidrBlock: "10.80.0.0/16", enableDnsHostnames: true };
    const updated = await cloud.make(VPC, "main", changed, { before: vpc });
    strictEqual(cloud.world.get(VPC, vpc.id)?.state["enableDnsHostnames"], true);
    strictEqual(updated.state.values["mainRouteTableId"], vpc.state.values["mainRouteTableId"]);
    await cloud.delete(updated);
    await cloud.delete(updated);
    strictEqual(await cloud.read(updated), undefined);
    deepStrictEqual(cloud.journal, ["create main", "update main", "delete main"]);
  });

  it("is made beside an older one of its name in the program, with ids of its own", async () => {
    const first = await cloud.make(VPC, "main", { cidrBlock: "10.80.0.0/16" });
    const second = await cloud.make(VPC, "main", { cidrBlock: "10.81.0.0/16" });
    ok(first.id !== second.id);
    ok(first.state.values["mainRouteTableId"] !== second.state.values["mainRouteTableId"]);
    strictEqual(cloud.world.all(VPC).length, 2);
  });

  it("cannot have a name that another one has", async () => {
    const inputs = { name: "/aws/eks/live/cluster", retentionInDays: 90 };
    await cloud.make("aws:cloudwatch/logGroup:LogGroup", "log", inputs);
    await rejects(
      cloud.make("aws:cloudwatch/logGroup:LogGroup", "other", inputs),
      /exists already/,
    );
  });

  it("gets a made-up name, which it keeps", async () => {
    const role = await makeRole(cloud, "nodes");
    match(role.id, /^nodes-[0-9a-f]{7}$/);
    const { values } = role.inputs;
    const again = await cloud.check(
      "aws:iam/role:Role",
      "nodes",
      {
        assumeRolePolicy: values["assumeRolePolicy"] ?? "",
      },
      { before: role },
    );
    deepStrictEqual(again.values, values);
    const moved = { assumeRolePolicy: values["assumeRolePolicy"] ?? "", path: "/ci/" };
    const { replaces, deleteBeforeReplace } = await cloud.diff(role, moved);
    deepStrictEqual(replaces, ["path"]);
    strictEqual(deleteBeforeReplace, false, "the new one has another name");
    const prefixed = await cloud.make("aws:ec2/securityGroup:SecurityGroup", "one", {
      namePrefix: "live-",
    });
    match(textAt(prefixed.state.values, "name") ?? "", /^live-\d{26}$/);
  });

  it("is replaced where an input is fixed, and changed in place where it is not", async () => {
    const vpc = await cloud.make(VPC, "main", { cidrBlock: "10.80.0.0/16" });
    const moved = await cloud.diff(vpc, { cidrBlock: "10.81.0.0/16" });
    deepStrictEqual(moved.replaces, ["cidrBlock"]);
    strictEqual(moved.deleteBeforeReplace, false);
    const named = await cloud.diff(vpc, { cidrBlock: "10.80.0.0/16", tags: { Name: "main" } });
    deepStrictEqual([...named.changes.keys()], ["tags", "tagsAll"]);
    deepStrictEqual(named.replaces, []);
    strictEqual((await cloud.diff(vpc, { cidrBlock: "10.80.0.0/16" })).changes.size, 0);
  });

  it("is deleted before it is replaced where it keeps a name that the program gave", async () => {
    const network = await makeNetwork(cloud);
    const cluster = await makeCluster(cloud, network);
    const role = await makeRole(cloud, "other");
    const { changes, replaces, deleteBeforeReplace } = await cloud.diff(cluster, {
      ...cluster.inputs.values,
      roleArn: role.state.values["arn"] ?? "",
    });
    deepStrictEqual([...changes.keys()], ["roleArn"]);
    deepStrictEqual(replaces, ["roleArn"]);
    strictEqual(deleteBeforeReplace, true);
  });

  it("has the tags of its provider, and changes when those do", async () => {
    const defaults = (owner: string): { defaultTags: string } => ({
      defaultTags: JSON.stringify({ tags: { owner, app: "default" } }),
    });
    cloud.configure(defaults("ops"));
    const inputs = { cidrBlock: "10.80.0.0/16", tags: { app: "own" } };
    const vpc = await cloud.make(VPC, "main", inputs);
    deepStrictEqual(vpc.state.values["tagsAll"], { owner: "ops", app: "own" });
    strictEqual((await cloud.diff(vpc, inputs)).changes.size, 0);
    cloud.configure(defaults("dev"));
    const { changes, replaces } = await cloud.diff(vpc, inputs);
    deepStrictEqual([...changes.keys()], ["tagsAll"]);
    deepStrictEqual(replaces, []);
  });

  it("is foreseen with what the cloud will add as unknown, and what is known as it will be", async () => {
    const foreseen = await cloud.preview(VPC, "main", { cidrBlock: "10.80.0.0/16" });
    strictEqual(foreseen["cidrBlock"], "10.80.0.0/16");
    strictEqual(foreseen["arn"], UNKNOWN);
    strictEqual(foreseen["region"], "eu-central-1");
    deepStrictEqual(foreseen["tagsAll"], {});
    deepStrictEqual(cloud.journal, []);
  });

  it("passes what is unknown on, and nothing that has it inside", async () => {
    const alias = { name: "alias/live", targetKeyId: UNKNOWN };
    const key = await cloud.make("aws:kms/key:Key", "key");
    const made = await cloud.make("aws:kms/alias:Alias", "alias", {
      ...alias,
      targetKeyId: key.id,
    });
    const changed = await cloud.preview("aws:kms/alias:Alias", "alias", alias, made);
    strictEqual(changed["targetKeyArn"], UNKNOWN);
    strictEqual(changed["arn"], made.state.values["arn"]);
  });

  it("leaves the next version of a launch template unknown until it is made", async () => {
    const type = "aws:ec2/launchTemplate:LaunchTemplate";
    const template = await cloud.make(type, "nodes", { instanceType: "t4g.small" });
    strictEqual(template.state.values["latestVersion"], 1);
    const inputs = { instanceType: "t4g.medium" };
    strictEqual((await cloud.preview(type, "nodes", inputs, template))["latestVersion"], UNKNOWN);
    const changed = await cloud.make(type, "nodes", inputs, { before: template });
    strictEqual(changed.state.values["latestVersion"], 2);
    strictEqual((await cloud.read(changed))?.state.values["latestVersion"], 2);
  });

  it("is read as the world has it: what was changed there is seen, and nothing else", async () => {
    const vpc = await cloud.make(VPC, "main", { cidrBlock: "10.80.0.0/16", tags: { app: "a" } });
    const same = await cloud.read(vpc);
    deepStrictEqual(same?.inputs.values, vpc.inputs.values);
    deepStrictEqual(same.state.values, vpc.state.values);
    const record = cloud.world.get(VPC, vpc.id);
    ok(record !== undefined);
    cloud.world.replace({ ...record, state: { ...record.state, tags: { app: "b" } } });
    deepStrictEqual((await cloud.read(vpc))?.inputs.values["tags"], { app: "b" });
  });

  it("keeps its secrets out of the world, in which there are but hashes", async () => {
    const client = await cloud.make("tailscale:index/oauthClient:OauthClient", "router", {
      scopes: ["auth_keys"],
      tags: ["tag:router"],
    });
    const secret = textAt(client.state.values, "key") ?? "";
    match(secret, /^tskey-client-/);
    deepStrictEqual(client.state.secrets, [["key"]]);
    const inputs = { name: "/live/key", type: "SecureString", value: secret };
    const secrets = [["value"]];
    const parameter = await cloud.make("aws:ssm/parameter:Parameter", "key", inputs, { secrets });
    ok(parameter.state.secrets.some(([key]) => key === "value"));
    await cloud.make(
      "aws:route53/record:Record",
      "record",
      { zoneId: "Z1", name: "a.test", type: "TXT", ttl: 60, records: ["open", secret] },
      { secrets: [["records", 1]] },
    );
    const folder = join(cloud.folder, "resources");
    const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    strictEqual(texts.length, 3);
    for (const text of texts) {
      ok(!text.includes(secret));
      match(text, /sha256:/);
    }
    strictEqual((await cloud.read(parameter))?.state.values["value"], secret);
    strictEqual((await cloud.read(client))?.state.values["key"], secret);
  });

  it("of the type cluster answers where the world says, also once that has changed", async () => {
    const api = { endpoint: "https://127.0.0.1:6443", certificateAuthority: "Y2E=" };
    const network = await makeNetwork(cloud);
    const unreachable = await makeCluster(cloud, network);
    match(
      textAt(unreachable.state.values, "endpoint") ?? "",
      /^https:\/\/[0-9A-F]{32}\.gr7\.eu-central-1\.eks\.amazonaws\.com$/,
    );
    cloud.world.clusterApi = api;
    const read = await cloud.read(unreachable);
    strictEqual(read?.state.values["endpoint"], api.endpoint);
    deepStrictEqual(read.state.values["certificateAuthority"], { data: "Y2E=" });
    deepStrictEqual(read.inputs.values, unreachable.inputs.values);
  });

  it("can only be foreseen where there is no world", async () => {
    cloud.configure({}, { K8S_TEST_CLOUD: "" });
    strictEqual((await cloud.preview(VPC, "main", { cidrBlock: "10.80.0.0/16" }))["arn"], UNKNOWN);
    await rejects(
      cloud.make(VPC, "main", { cidrBlock: "10.80.0.0/16" }),
      /K8S_TEST_CLOUD names no folder.*`npm run sandbox -- up --stack live`/,
    );
  });

  it("is not imported", async () => {
    const nothing = { values: {}, secrets: [] };
    const made = { type: VPC, name: "main", id: "vpc-1", inputs: nothing, state: nothing };
    await rejects(cloud.read(made), /imports nothing/);
  });
});
