import { match, ok, strictEqual } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

import { installOfflineKubernetes } from "../../../sandbox/providers/kubernetesPlugin";
import { sdkVersion } from "../../../sandbox/providers/sdkVersion";

describe("The plugin of the offline Kubernetes provider", () => {
  let home = "";
  let program = "";

  before(async () => {
    home = await mkdtemp(join(tmpdir(), "pulumi-home-"));
    const { version, used } = await installOfflineKubernetes(home);
    strictEqual(used, "offline");
    program = join(
      home,
      "plugins",
      `resource-kubernetes-v${version}`,
      "pulumi-resource-kubernetes",
    );
  });

  after(() => rm(home, { recursive: true, force: true }));

  it("is an executable in the folder where the engine looks for the SDK's version", async () => {
    ok(((await stat(program)).mode & 0o111) !== 0);
  });

  it("prints its port, and answers there with the SDK's version", async () => {
    const plugin = spawn(program, ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
    const [line] = (await once(plugin.stdout, "data")) as [Buffer];
    match(String(line), /^\d+\n$/);
    const client = new ResourceProviderClient(
      `127.0.0.1:${String(line).trim()}`,
      credentials.createInsecure(),
    );
    const version = await new Promise((resolve, reject) => {
      client.getPluginInfo(new Empty(), (error, info) => {
        if (error === null) resolve(info.getVersion());
        else reject(error);
      });
    });
    client.close();
    plugin.kill();
    await once(plugin, "exit");
    strictEqual(version, await sdkVersion("kubernetes"));
  });

  it("ends at once when the engine closes it: many instances share its five seconds", async () => {
    const plugin = spawn(program, ["127.0.0.1:1"], { stdio: ["ignore", "pipe", "inherit"] });
    await once(plugin.stdout, "data");
    const start = performance.now();
    plugin.kill("SIGINT");
    const [code] = (await once(plugin, "exit")) as [number | null];
    strictEqual(code, 0);
    ok(performance.now() - start < 400, "sooner than in a tenth of the five seconds");
  });

  it("ends when the engine is gone, however that ended", async () => {
    // The shell is the engine here, and says who its plugin is.
    const script = '"$0" 127.0.0.1:1 >&2 & echo $!; wait';
    const engine = spawn("sh", ["-c", script, program], { stdio: ["ignore", "pipe", "pipe"] });
    const [pid] = (await once(engine.stdout, "data")) as [Buffer];
    await once(engine.stderr, "data");
    ok(isRunning(Number(pid)));
    engine.kill("SIGKILL");
    for (let wait = 0; wait < 50 && isRunning(Number(pid)); wait += 1) await sleep(100);
    ok(!isRunning(Number(pid)));
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
