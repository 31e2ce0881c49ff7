import { strict as assert } from "node:assert";
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parse } from "yaml";

import { VALID_DAYS, writeCertificates } from "../../../sandbox/cluster/certificates";
import { API_USERS, certificateTable } from "../../../sandbox/cluster/certificateTable";
import { writeKubeconfigs } from "../../../sandbox/cluster/kubeconfigs";
import { kubeconfigOf, layoutOf } from "../../../sandbox/cluster/layout";
import { nodeTopology } from "../../../sandbox/cluster/topology";

interface Kubeconfig {
  clusters: { cluster: Record<string, string> }[];
  users: { user: Record<string, string> }[];
}

describe("the keys of a cluster", () => {
  const topology = nodeTopology();
  const layout = layoutOf("", "");
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-pki-"));
    Object.assign(layout, layoutOf(folder, join(folder, "logs")));
    await writeCertificates(layout, topology);
    await writeKubeconfigs(layout, topology);
  });
  after(() => rm(folder, { recursive: true }));

  async function certificate(name: string): Promise<X509Certificate> {
    return new X509Certificate(await readFile(join(layout.pki, `${name}.crt`)));
  }

  it("are certificates that their authority has signed, each with its own key", async () => {
    for (const { name, authority, commonName } of certificateTable(topology)) {
      const found = await certificate(name);
      const signer = await certificate(authority);
      assert.ok(found.verify(signer.publicKey) && found.checkIssued(signer), name);
      assert.ok(found.subject.split("\n").includes(`CN=${commonName}`), found.subject);
      assert.ok(!found.ca);
      const key = createPrivateKey(await readFile(join(layout.pki, `${name}.key`)));
      assert.ok(found.checkPrivateKey(key), name);
    }
  });

  it("end after a week", async () => {
    for (const name of ["ca", "apiserver"]) {
      const { validFrom, validTo } = await certificate(name);
      const days = (Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000;
      assert.ok(days > VALID_DAYS && days < VALID_DAYS + 0.1, `${String(days)} days`);
    }
  });

  it("name the API server by each of its addresses and names", async () => {
    const server = await certificate("apiserver");
    const eks = "0123456789abcdef0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com";
    assert.equal(
      server.checkHost(eks),
      eks.replace(/^[^.]+/, (id) => id.toUpperCase()),
    );
    for (const address of ["10.200.0.2", "127.0.0.1", "10.43.0.1"]) {
      assert.equal(server.checkIP(address), address);
    }
    assert.equal(server.checkHost("kubernetes.default.svc"), "kubernetes.default.svc");
    assert.equal(server.checkHost("other.example"), undefined);
  });

  it("keep etcd, the API and the front proxy apart", async () => {
    const api = await certificate("ca");
    for (const name of ["apiserver-etcd", "front-proxy"]) {
      assert.ok(!(await certificate(name)).checkIssued(api), name);
    }
  });

  it("put the kubelet into its group, and the administrator into theirs", async () => {
    assert.match((await certificate("kubelet")).subject, /O=system:nodes/);
    assert.match((await certificate("admin")).subject, /O=system:masters/);
  });

  it("can be read by their owner alone", async () => {
    for (const name of await readdir(layout.pki)) {
      assert.equal((await stat(join(layout.pki, name))).mode & 0o777, 0o600, name);
    }
    assert.equal((await stat(layout.kubeconfig)).mode & 0o777, 0o600);
    assert.equal((await stat(layout.pki)).mode & 0o777, 0o700);
  });

  it("leave no key of an authority behind", async () => {
    const names = await readdir(layout.pki);
    assert.deepEqual(
      names.filter((name) => name.endsWith("ca.key")),
      [],
    );
  });

  it("are whole in the kubeconfig of each user", async () => {
    const users = API_USERS.filter(({ name }) => name !== "admin").map(({ name }) => name);
    const files = [...users, "kubelet"].map((user) => kubeconfigOf(layout, user));
    for (const file of [layout.kubeconfig, ...files]) {
      const config = parse(await readFile(file, "utf8")) as Kubeconfig;
      const { cluster } = config.clusters[0] ?? assert.fail();
      const { user } = config.users[0] ?? assert.fail();
      assert.equal(cluster["server"], "https://10.200.0.2:6443");
      const text = (data = ""): string => Buffer.from(data, "base64").toString();
      const client = new X509Certificate(text(user["client-certificate-data"]));
      assert.ok(
        client.checkIssued(new X509Certificate(text(cluster["certificate-authority-data"]))),
      );
      assert.ok(client.checkPrivateKey(createPrivateKey(text(user["client-key-data"]))));
    }
  });
});
