import { strict as assert } from "node:assert";

import { inspectKubeconfig, type KubeconfigReport } from "../../settings/kubeconfig";
import type { KubeconfigProblem } from "../../settings/kubeconfigProblem";
import { selfSigned } from "../support/certificates";
import { base64, kubeconfig, type KubeconfigOptions } from "../support/kubeconfig";

/** What is wrong with a kubeconfig: the one problem that there is. */
async function problemOf(options: KubeconfigOptions, context?: string): Promise<KubeconfigProblem> {
  const { problems } = await inspectKubeconfig(kubeconfig(options), { context });
  const [problem] = problems;
  assert.ok(problem);
  assert.equal(problems.length, 1);
  return problem;
}

const GOOD = { problems: [], warnings: [] };
const CLUSTER = { server: new URL("https://192.0.2.10:6443") };

describe("inspectKubeconfig", () => {
  let certificate = "";
  before(async () => {
    ({ certificate } = await selfSigned());
  });

  it("finds the server and the CA of the current context", async () => {
    const server = "https://k3s.example.com:6443";
    assert.deepEqual(await inspectKubeconfig(kubeconfig({ server, ca: certificate })), {
      ...GOOD,
      cluster: { server: new URL(server), ca: certificate },
    });
  });

  it("tells where a proxy is between, and the server's address means nothing here", async () => {
    const clusterFields = { "proxy-url": "socks5://127.0.0.1:1080" };
    const { cluster } = await inspectKubeconfig(kubeconfig({ clusterFields }));
    assert.equal(cluster?.viaProxy, true);
  });

  it("looks at what the context uses alone, and at nothing else that is in the file", async () => {
    const unusedEntries = {
      contexts: [null, { name: "half", context: { cluster: "old" } }, { name: "none" }],
      clusters: [{ name: "old", cluster: { server: "http://192.0.2.11:8080" } }, "text"],
      users: [
        { name: "old", user: null },
        { name: "odd", user: { "client-key-data": "%" } },
      ],
    };
    assert.deepEqual(await inspectKubeconfig(kubeconfig({ unusedEntries })), {
      ...GOOD,
      cluster: CLUSTER,
    });
  });

  it("reads base64 with line ends in it, as clients do", async () => {
    const lines = base64(certificate).replace(/.{64}/g, "$&\n");
    const clusterFields = { "certificate-authority-data": lines };
    const userFields = { "client-certificate-data": lines, "client-key-data": base64("a key") };
    assert.deepEqual(await inspectKubeconfig(kubeconfig({ clusterFields, userFields })), {
      ...GOOD,
      cluster: { ...CLUSTER, ca: certificate },
    });
  });

  it("refuses what is no kubeconfig, and never quotes it", async () => {
    for (const text of ["hunter2", "a: [hunter2", "clusters: hunter2", "- hunter2", ""]) {
      const { problems } = await inspectKubeconfig(text);
      assert.equal(problems.length, 1, text);
      assert.doesNotMatch(JSON.stringify(problems), /hunter2/);
    }
  });

  it("refuses a server that is not reached by https, and data that is no base64", async () => {
    const wrong = (place: string): string =>
      `YAML that is no kubeconfig (wrong or missing: ${place})`;
    const { given } = await problemOf({ server: "http://192.0.2.10:6443" });
    assert.equal(given, wrong("clusters.0.cluster.server"));
    const bad = await problemOf({ userFields: { "client-certificate-data": "%%%" } });
    assert.equal(bad.given, wrong("users.0.user.client-certificate-data"));
  });

  it("names the contexts there are where there is none of the wanted name, or none current", async () => {
    const allowed = "one of the kubeconfig's contexts: home";
    assert.deepEqual(await problemOf({}, "work"), {
      given: '"work", which the kubeconfig does not have',
      allowed,
      context: "home",
    });
    assert.deepEqual(await problemOf({ currentContext: "" }), {
      given: "nothing, and the kubeconfig has no current context",
      allowed,
      context: "home",
    });
  });

  it("refuses a CA that is no certificate", async () => {
    const { given } = await problemOf({ ca: "CA" });
    assert.equal(given, "a certificate authority that cannot be read");
  });

  it("refuses a user without anything to be known by, whatever else is said of them", async () => {
    for (const userFields of [{}, { token: "" }, { "as-user": "root", password: "hunter2" }]) {
      const { given, allowed } = await problemOf({ userFields });
      assert.equal(given, "a kubeconfig whose user has nothing to be known by");
      assert.match(allowed, /client-certificate or one of: token, tokenFile, exec, auth-provider/);
    }
  });

  it("refuses a client certificate without its key, whatever else there is to be known by", async () => {
    const userFields = { "client-certificate-data": base64(certificate), token: "hunter2" };
    assert.deepEqual(await problemOf({ userFields }), {
      given: "a kubeconfig whose user has a client-certificate, and no client-key",
      allowed: "a user with both of them",
    });
  });

  it("refuses a token in a file that is not there, or not looked for", async () => {
    const { given } = await problemOf({ userFields: { tokenFile: "/token" } });
    assert.equal(
      given,
      "a kubeconfig that names a file as its tokenFile, which is not looked for outside it",
    );
  });

  it("takes each way of being known", async () => {
    const ways: object[] = [
      { token: "hunter2" },
      { tokenFile: "/token" },
      { exec: { command: "aws" } },
      { "auth-provider": { name: "oidc" } },
      { username: "admin", password: "hunter2" },
      { "client-certificate-data": base64(certificate), "client-key-data": base64("a key") },
    ];
    const readFile = (path: string): Promise<string | undefined> =>
      Promise.resolve(path === "/token" ? "hunter2" : undefined);
    for (const userFields of ways) {
      const { problems } = await inspectKubeconfig(kubeconfig({ userFields }), { readFile });
      assert.deepEqual(problems, [], JSON.stringify(userFields));
    }
  });

  describe("with files that the kubeconfig names", () => {
    const named = kubeconfig({
      clusterFields: { "certificate-authority": "ca.crt" },
      userFields: { "client-certificate": "admin.crt", "client-key": "admin.key" },
    });
    const inspect = (files: Record<string, string>): Promise<KubeconfigReport> =>
      inspectKubeconfig(named, { readFile: (path) => Promise.resolve(files[path]) });

    it("reads them, and looks at the certificates", async () => {
      const files = { "ca.crt": certificate, "admin.crt": certificate, "admin.key": "key" };
      assert.deepEqual(await inspect(files), { ...GOOD, cluster: { ...CLUSTER, ca: certificate } });

      const ended = await selfSigned(new Date("2021-01-01T00:00:00Z"));
      const { problems } = await inspect({ ...files, "admin.crt": ended.certificate });
      assert.equal(problems[0]?.given, "a client certificate that expired on 2021-01-01");
    });

    it("refuses the kubeconfig where one of them cannot be read", async () => {
      const files = { "ca.crt": certificate, "admin.crt": certificate };
      const { problems } = await inspect(files);
      assert.deepEqual(problems, [
        {
          given: "a kubeconfig that names a file as its client-key, which cannot be read",
          allowed: "a kubeconfig with what it needs in it",
          first: "kubectl config view --flatten --raw > kubeconfig.yaml where the file is",
        },
      ]);
    });

    it("refuses the kubeconfig where it was given by its contents: files stay behind", async () => {
      const { problems } = await inspectKubeconfig(named);
      assert.equal(
        problems[0]?.given,
        "a kubeconfig that names a file as its certificate-authority, which is not looked for outside it",
      );
    });

    it("does not ask for a file whose contents are there, too", async () => {
      const userFields = {
        "client-certificate": "gone.crt",
        "client-certificate-data": base64(certificate),
        "client-key": "gone.key",
        "client-key-data": base64("a key"),
      };
      assert.deepEqual((await inspectKubeconfig(kubeconfig({ userFields }))).problems, []);
    });
  });
});
