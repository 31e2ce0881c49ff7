import { strict as assert } from "node:assert";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run, tryRun } from "../../../../host/run";
import { kubeconfig } from "../../../../sandbox/cluster/kubeconfigs";
import { installAws, readKubeconfig } from "../../../../sandbox/stack/aws/installAws";

describe("The program aws of the sandbox", () => {
  let folder = "";

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "aws-"));
    const path = join(folder, "kubeconfig");
    const parts = { name: "sandbox", server: "https://127.0.0.1:1", user: "admin" };
    await writeFile(path, kubeconfig({ ...parts, ca: "CA", cert: "CERT", key: "KEY" }));
    const { cluster, credential } = await readKubeconfig(path);
    assert.deepEqual(cluster, { endpoint: "https://127.0.0.1:1", certificateAuthority: "Q0E=" });
    await installAws(folder, credential);
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it("lets a client in as the kubeconfig's user", async () => {
    const args = ["eks", "get-token", "--cluster-name", "live"];
    const { status } = JSON.parse(await run(join(folder, "aws"), args)) as { status: object };
    assert.deepEqual(
      { ...status, expirationTimestamp: undefined },
      { clientCertificateData: "CERT", clientKeyData: "KEY", expirationTimestamp: undefined },
    );
  });

  it("fails at anything else", async () => {
    const { ok, stderr } = await tryRun(join(folder, "aws"), ["s3", "ls"]);
    assert.equal(ok, false);
    assert.match(stderr, /It was asked: aws s3 ls/);
  });

  it("keeps the key from everybody but its owner", async () => {
    assert.equal((await stat(join(folder, "credential.json"))).mode & 0o777, 0o600);
  });
});
