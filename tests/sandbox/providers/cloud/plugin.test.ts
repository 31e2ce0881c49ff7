import { deepStrictEqual, strictEqual } from "node:assert";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest, InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { installOffline, pluginFolder } from "../../../../sandbox/providers/installOffline";

const ROOT = join(__dirname, "..", "..", "..", "..");

describe("The plugins of the offline clouds", () => {
  let home = "";
  const running: ChildProcess[] = [];

  before(async () => {
    home = await mkdtemp(join(tmpdir(), "pulumi-home-"));
  });

  after(async () => {
    for (const plugin of running) plugin.kill("SIGKILL");
    await rm(home, { recursive: true, force: true });
  });

  const start = async (name: string): Promise<ResourceProviderClient> => {
    const entry = join(ROOT, "sandbox", "providers", "cloud", `${name}Main.ts`);
    await installOffline(home, { name, version: "1.2.3", entry });
    const program = join(pluginFolder(home, name, "1.2.3"), `pulumi-resource-${name}`);
    const env = { ...process.env, K8S_TEST_CLOUD: "" };
    const plugin = spawn(program, ["127.0.0.1:1"], { env, stdio: ["ignore", "pipe", "inherit"] });
    running.push(plugin);
    const [line] = (await once(plugin.stdout, "data")) as [Buffer];
    const address = `127.0.0.1:${String(line).trim()}`;
    return new ResourceProviderClient(address, credentials.createInsecure());
  };

  it("answer with the version that they stand in for", async () => {
    const client = await start("tailscale");
    const version = await new Promise((resolve, reject) => {
      client.getPluginInfo(new Empty(), (error, info) => {
        if (error === null) resolve(info.getVersion());
        else reject(error);
      });
    });
    client.close();
    strictEqual(version, "1.2.3");
  });

  it("answer the functions of a program", async () => {
    const client = await start("aws");
    const config = new ConfigureRequest().setArgs(Struct.fromJavaScript({ region: "eu-west-1" }));
    await new Promise<void>((resolve, reject) => {
      client.configure(config, (error) => {
        if (error === null) resolve();
        else reject(error);
      });
    });
    const request = new InvokeRequest();
    request.setTok("aws:index/getRegion:getRegion");
    request.setArgs(Struct.fromJavaScript({}));
    const answer = await new Promise((resolve, reject) => {
      client.invoke(request, (error, response) => {
        if (error === null) resolve(response.getReturn()?.toJavaScript());
        else reject(error);
      });
    });
    client.close();
    deepStrictEqual(answer, {
      id: "eu-west-1",
      name: "eu-west-1",
      region: "eu-west-1",
      description: "eu-west-1",
      endpoint: "ec2.eu-west-1.amazonaws.com",
    });
  });

  it("need nothing of the SDKs that they stand in for: those are thousands of files", async () => {
    const bundled = await readFile(join(pluginFolder(home, "aws", "1.2.3"), "plugin.cjs"), "utf8");
    strictEqual(bundled.includes("node_modules/@pulumi/aws/"), false);
  });
});
