import { strict as assert } from "node:assert";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

import { inspectSource, kubeconfigSource } from "../../settings/kubeconfigSource";
import { menderFor } from "../../settings/mend";
import { selfSigned } from "../support/certificates";
import { kubeconfig } from "../support/kubeconfig";

const mender = menderFor("home");

describe("kubeconfigSource", () => {
  it("is the contents in the config, before anything else", () => {
    assert.deepEqual(kubeconfigSource({ kubeconfig: "text", home: { context: "k3s" } }), {
      key: "kubeconfig",
      contents: "text",
      context: "k3s",
    });
  });

  it("is a path, in which ~ is the home folder", () => {
    assert.deepEqual(kubeconfigSource({ home: { kubeconfigPath: "~/k3s.yaml" } }), {
      key: "home.kubeconfigPath",
      path: join(homedir(), "k3s.yaml"),
    });
    assert.equal(kubeconfigSource({ home: { kubeconfigPath: "/k3s.yaml" } })?.path, "/k3s.yaml");
  });

  it("is the file that kubectl reads, where there is a context alone", () => {
    assert.deepEqual(kubeconfigSource({ home: { context: "k3s" } }), {
      key: "home.context",
      path: join(homedir(), ".kube/config"),
      context: "k3s",
    });
  });

  it("takes a context that looks like a number for the text that it is", () => {
    assert.equal(kubeconfigSource({ home: { context: 1 } })?.context, "1");
  });

  it("is none where the config names none, or something that is no text", () => {
    for (const home of [undefined, null, "text", {}, { kubeconfigPath: 1 }]) {
      assert.equal(kubeconfigSource({ home }), undefined, JSON.stringify(home));
    }
  });
});

describe("inspectSource", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-kubeconfig-"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it("warns of a certificate that ends soon, with what to do, and lets it pass", async () => {
    const { certificate } = await selfSigned(new Date(Date.now() + 24 * 60 * 60 * 1000));
    const contents = kubeconfig({ clientCertificate: certificate });
    const { problems, warnings } = await inspectSource({ key: "kubeconfig", contents }, mender);
    assert.deepEqual(problems, []);
    assert.match(
      warnings.join("\n"),
      /^kubeconfig: a client certificate that expires on \d{4}-\d\d-\d\d\. Mend it by: sudo systemctl restart k3s on the node, which renews it, then: pulumi config set --stack home --secret kubeconfig < kubeconfig\.yaml$/,
    );
  });

  it("reads a file, and mends what is wrong with it by a new copy", async () => {
    const path = "tests/fixtures/kubeconfig/home.yaml";
    const source = { key: "home.kubeconfigPath", path } as const;
    assert.deepEqual(await inspectSource(source, mender), { problems: [], warnings: [] });
    const { problems } = await inspectSource({ ...source, path: "package-lock.json" }, mender);
    assert.equal(problems[0]?.key, "home.kubeconfigPath");
    assert.equal(problems[0].mend, "copy the kubeconfig to package-lock.json");
  });

  it("finds the files that a kubeconfig names from its own folder, and looks at them", async () => {
    const path = join(folder, "kubeconfig.yaml");
    const userFields = { "client-certificate": "certs/admin.crt", "client-key": "certs/admin.key" };
    await writeFile(path, kubeconfig({ userFields }));
    await mkdir(join(folder, "certs"));
    const { certificate, key } = await selfSigned(new Date("2021-01-01T00:00:00Z"));
    await writeFile(join(folder, "certs/admin.crt"), certificate);
    await writeFile(join(folder, "certs/admin.key"), key);
    const { problems } = await inspectSource({ key: "home.kubeconfigPath", path }, mender);
    assert.equal(problems[0]?.given, "a client certificate that expired on 2021-01-01");
  });

  it("tells how to put the files into a kubeconfig that is given by its contents", async () => {
    const contents = kubeconfig({ userFields: { "client-certificate": "/admin.crt" } });
    const { problems } = await inspectSource({ key: "kubeconfig", contents }, mender);
    assert.equal(
      problems[0]?.mend,
      "kubectl config view --flatten --raw > kubeconfig.yaml where the file is, then: pulumi config set --stack home --secret kubeconfig < kubeconfig.yaml",
    );
  });
});
