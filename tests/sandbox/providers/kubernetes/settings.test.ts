import { deepStrictEqual, match, strictEqual, throws } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadAccess } from "../../../../sandbox/providers/kubernetes/kubeconfig";
import { isSameCluster } from "../../../../sandbox/providers/kubernetes/sameCluster";
import { readSettings } from "../../../../sandbox/providers/kubernetes/settings";
import { typeOf } from "../../../../sandbox/providers/kubernetes/types";
import { UNKNOWN } from "../../../../sandbox/providers/skeleton/properties";

/** A kubeconfig with two clusters, each with a context of its name. */
function kubeconfig(port = 6443): string {
  const names = ["home", "away"];
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "home",
    clusters: names.map((name, index) => ({
      name,
      cluster: { server: `https://${name}.example.com:${String(port + index)}/` },
    })),
    contexts: [
      { name: "home", context: { cluster: "home", user: "me" } },
      { name: "away", context: { cluster: "away", user: "me", namespace: "team" } },
    ],
    users: [{ name: "me", user: { token: "t" } }],
  });
}

const access = (given: Record<string, string>): ReturnType<typeof loadAccess> =>
  loadAccess(readSettings({ kubeconfig: kubeconfig(), ...given }, {}));

describe("The settings of a provider", () => {
  it("are flags as JSON texts, or the official provider's variables", () => {
    const given = { deleteUnreachable: "true", upsertExistingObjects: "false" };
    const settings = readSettings(given, {
      PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true",
      PULUMI_K8S_SKIP_UPDATE_UNREACHABLE: "true",
    });
    strictEqual(settings.deleteUnreachable, true);
    strictEqual(settings.upsertExistingObjects, false, "the program's word counts");
    strictEqual(settings.skipUpdateUnreachable, true);
  });

  it("say which of them have no effect", () => {
    const given = {
      clusterIdentifier: "home",
      enableServerSideApply: "false",
      helmReleaseSettings: "{}",
      renderYamlToDirectory: "out",
    };
    deepStrictEqual(readSettings(given, {}).ignored, [
      "enableServerSideApply: false",
      "renderYamlToDirectory",
    ]);
    deepStrictEqual(readSettings({ enableServerSideApply: "true" }, {}).ignored, []);
  });
});

describe("The way to a cluster", () => {
  it("is the kubeconfig's current context, or the one that is named", () => {
    const { server, namespace } = access({});
    deepStrictEqual(
      { server, namespace },
      { server: "https://home.example.com:6443", namespace: "default" },
    );
    const named = access({ context: "away" });
    strictEqual(named.server, "https://away.example.com:6444");
    strictEqual(named.namespace, "team");
    strictEqual(access({ context: "away", namespace: "mine" }).namespace, "mine");
    strictEqual(access({ cluster: "away" }).server, "https://away.example.com:6444");
  });

  it("is read from a file, too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kubeconfig-"));
    const path = join(folder, "config");
    await writeFile(path, kubeconfig());
    strictEqual(access({ kubeconfig: path }).server, "https://home.example.com:6443");
    await rm(folder, { recursive: true });
  });

  it("is refused plainly where there is none", () => {
    throws(() => access({ kubeconfig: "/nowhere/config" }), /There is no kubeconfig at \/nowhere/);
    throws(() => access({ context: "moon" }), /no context "moon" in .*: it has "home", "away"/);
    throws(() => access({ cluster: "moon" }), /no cluster "moon" in .*: it has "home", "away"/);
    throws(() => access({ kubeconfig: "a: [" }), /cannot be read/);
  });
});

describe("Two providers", () => {
  const at = (port: number, identifier?: string): Record<string, string> => ({
    kubeconfig: kubeconfig(port),
    ...(identifier !== undefined && { clusterIdentifier: identifier }),
  });

  it("lead to the same cluster where their identifiers are the same, whatever the way", () => {
    strictEqual(isSameCluster(at(1, "a"), at(2, "a")), true);
    strictEqual(isSameCluster(at(1, "a"), at(1, "b")), false);
  });

  it("lead to the same cluster where their API server is the same, without identifiers", () => {
    strictEqual(isSameCluster(at(1), { ...at(1), namespace: "other" }), true);
    strictEqual(isSameCluster(at(1), at(2)), false);
    strictEqual(isSameCluster(at(1), { kubeconfig: UNKNOWN }), true);
  });
});

describe("A type token", () => {
  it("names a kind, and the group's version as Kubernetes writes it", () => {
    const kind = (token: string): unknown => typeOf(token);
    const object = (apiVersion: string, name: string): unknown => ({
      is: "object",
      apiVersion,
      kind: name,
    });
    deepStrictEqual(kind("kubernetes:core/v1:Secret"), object("v1", "Secret"));
    deepStrictEqual(kind("kubernetes:apps/v1:Deployment"), object("apps/v1", "Deployment"));
    deepStrictEqual(
      kind("kubernetes:traefik.io/v1alpha1:Middleware"),
      object("traefik.io/v1alpha1", "Middleware"),
    );
    deepStrictEqual(kind("kubernetes:helm.sh/v3:Release"), { is: "release" });
  });

  for (const token of [
    "kubernetes:core/v1:ConfigMapPatch",
    "kubernetes:core/v1:PodList",
    "kubernetes:yaml/v2:ConfigGroup",
    "kubernetes:helm.sh/v4:Chart",
    "kubernetes:index:Anything",
  ]) {
    it(`is refused, with what to do instead: ${token}`, () => {
      const type = typeOf(token);
      match(
        type.is === "refused" ? type.reason : "",
        /^The offline provider does not make .+\. Declare/,
      );
    });
  }
});
