import { readFile } from "node:fs/promises";

import { parse } from "yaml";

import type { Toolchain } from "../../toolchain/toolchain";
import { READ, role, type Manifest } from "../manifests";
import { traefikClass } from "../traefikStandIn";
import { CERT_MANAGER_NAMESPACE } from "./certManager";

/** What a cluster has where Traefik and cert-manager run: their kinds, and what they may do. */
export async function edgeManifests(tools: Toolchain): Promise<Manifest[]> {
  const files = [...tools.files("traefik"), ...tools.files("cert-manager")];
  const kinds = await Promise.all(
    files.map(async (file) => parse(await readFile(file, "utf8")) as Manifest),
  );
  return [
    ...kinds,
    traefikClass({ isDefault: true }),
    { apiVersion: "v1", kind: "Namespace", metadata: { name: CERT_MANAGER_NAMESPACE } },
    ...traefikRole(),
    ...certManagerRole(),
  ];
}

/** What Traefik's own role says, without what its chart gives it for Gateways and traces. */
function traefikRole(): Manifest[] {
  const ingresses = ["ingresses", "ingressclasses"];
  return role("system:traefik", [
    { apiGroups: [""], resources: ["services", "secrets", "nodes", "configmaps"], verbs: READ },
    { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: READ },
    { apiGroups: ["networking.k8s.io"], resources: ingresses, verbs: READ },
    { apiGroups: ["networking.k8s.io"], resources: ["ingresses/status"], verbs: ["update"] },
    { apiGroups: ["traefik.io"], resources: ["*"], verbs: READ },
  ]);
}

/** What the roles of cert-manager's chart say together, without what HTTP-01 and Gateways need. */
function certManagerRole(): Manifest[] {
  const own = ["issuers", "clusterissuers", "certificates", "certificaterequests"];
  const acme = ["orders", "challenges"];
  const withStatus = (kinds: string[]): string[] =>
    kinds.flatMap((kind) => [kind, `${kind}/status`]);
  const finalizers = (kinds: string[]): string[] => kinds.map((kind) => `${kind}/finalizers`);
  const group = "cert-manager.io";
  const acmeGroup = `acme.${group}`;
  const write = ["create", "delete"];
  const change = ["update", "patch"];
  return role("system:cert-manager", [
    { apiGroups: [group], resources: own, verbs: READ },
    { apiGroups: [group], resources: withStatus(own), verbs: change },
    { apiGroups: [group], resources: finalizers(own), verbs: ["update"] },
    { apiGroups: [group], resources: ["certificates", "certificaterequests"], verbs: write },
    { apiGroups: [acmeGroup], resources: acme, verbs: [...READ, ...write] },
    { apiGroups: [acmeGroup], resources: withStatus(acme), verbs: change },
    { apiGroups: [acmeGroup], resources: finalizers(acme), verbs: ["update"] },
    { apiGroups: [""], resources: ["secrets"], verbs: [...READ, ...write, ...change] },
    { apiGroups: [""], resources: ["events"], verbs: ["create", "patch"] },
    { apiGroups: ["networking.k8s.io"], resources: ["ingresses"], verbs: READ },
    {
      apiGroups: ["networking.k8s.io"],
      resources: finalizers(["ingresses"]),
      verbs: ["update"],
    },
    // It looks for the pods and services of HTTP-01 whichever challenges there are.
    { apiGroups: [""], resources: ["pods", "services"], verbs: READ },
  ]);
}
