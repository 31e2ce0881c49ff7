import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { stringify } from "yaml";

import { edgeManifests } from "../../../../sandbox/cluster/edge/manifests";
import type { Manifest } from "../../../../sandbox/cluster/manifests";

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

describe("the objects of an edge", () => {
  let manifests: Manifest[];
  const kind = { apiVersion: "apiextensions.k8s.io/v1", kind: "CustomResourceDefinition" };

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), "k8s-test-kinds-"));
    try {
      const path = join(folder, "kind.yaml");
      await writeFile(path, stringify({ ...kind, metadata: { name: "kind" } }));
      manifests = await edgeManifests({
        path: () => "",
        files: (name) => (name === "traefik" ? [path] : [path, path]),
        remarks: [],
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  const rulesOf = (name: string): Rule[] => {
    const found = manifests.find(
      ({ kind, metadata }) => kind === "ClusterRole" && metadata.name === name,
    );
    return (found?.["rules"] ?? []) as Rule[];
  };
  const may = (name: string, resource: string): string[] =>
    rulesOf(name)
      .filter(({ resources }) => resources.includes(resource))
      .flatMap(({ verbs }) => verbs)
      .sort();

  it("are the kinds of both, the IngressClass as k3s has it, and cert-manager's namespace", () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    assert.equal(names.filter((name) => name === "CustomResourceDefinition kind").length, 3);
    assert.ok(names.includes("Namespace cert-manager"));
    const traefik = manifests.find((one) => one.kind === "IngressClass");
    assert.equal(traefik?.metadata.name, "traefik");
    const isDefault = "ingressclass.kubernetes.io/is-default-class";
    assert.equal(traefik.metadata.annotations?.[isDefault], "true");
  });

  it("let Traefik read what it routes by, and write nothing but an Ingress' address", () => {
    const writes = rulesOf("system:traefik").filter(({ verbs }) =>
      verbs.some((verb) => !["get", "list", "watch"].includes(verb)),
    );
    assert.deepEqual(writes, [
      { apiGroups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"] },
    ]);
  });

  it("let cert-manager keep Secrets, and make neither pods, services nor Ingresses", () => {
    const name = "system:cert-manager";
    assert.ok(may(name, "secrets").includes("create"));
    for (const resource of ["pods", "services", "ingresses"]) {
      assert.deepEqual(may(name, resource), ["get", "list", "watch"], resource);
    }
    for (const { apiGroups, resources, verbs } of rulesOf(name)) {
      assert.ok(![...apiGroups, ...resources, ...verbs].includes("*"));
    }
  });
});
