import { copyFile, mkdir, readFile, rename } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { cacheFolder } from "../../host/cacheFolder";
import { goModule } from "../../host/goModule";
import { versions } from "../../versions";
import { flags, type Component, type Setting } from "./component";
import { SIMULATED } from "./components/kwok";
import { kubeconfigOf } from "./layout";
import type { Manifest } from "./manifests";

/**
 * What a stack finds of Traefik where none runs: the kind Middleware as Traefik defines it, the
 * IngressClass, and an address in the status of each Ingress. Nobody serves an Ingress.
 */
export async function traefikManifests(): Promise<Manifest[]> {
  const kind = parse(await readFile(await middlewareKind(), "utf8")) as Manifest;
  const ingressClass: Manifest = {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "traefik" },
    spec: { controller: "traefik.io/ingress-controller" },
  };
  return [kind, ingressClass];
}

/** The file that defines the kind, in the cache: so that a second start needs no Go. */
async function middlewareKind(): Promise<string> {
  const folder = join(cacheFolder(), "kinds");
  const cached = join(folder, `middlewares-${versions.traefik}.yaml`);
  if (existsSync(cached)) return cached;
  const module = await goModule(`github.com/traefik/traefik/v3@${versions.traefik}`);
  const reference = "docs/content/reference/dynamic-configuration/traefik.io_middlewares.yaml";
  await mkdir(folder, { recursive: true });
  await copyFile(join(module, reference), `${cached}.${String(process.pid)}`);
  await rename(`${cached}.${String(process.pid)}`, cached);
  return cached;
}

/** KWOK's stage by which every Ingress gets an address, as Traefik would publish its own. */
export function addressStage(address: string): string {
  return stringify({
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name: "ingress-address" },
    spec: {
      resourceRef: { apiGroup: "networking.k8s.io/v1", kind: "Ingress" },
      selector: {
        matchExpressions: [
          { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
          { key: ".status.loadBalancer.ingress", operator: "DoesNotExist" },
        ],
      },
      next: { statusTemplate: stringify({ loadBalancer: { ingress: [{ ip: address }] } }) },
    },
  });
}

/** Gives each Ingress an address: a KWOK that plays no node. */
export function ingressAddresses({ layout, topology: { address, ports } }: Setting): Component {
  const path = join(layout.config, "ingress-address.yaml");
  const server = `${address}:${String(ports.ingressAddresses)}`;
  return {
    name: "ingress-addresses",
    tool: "kwok",
    files: [{ path, text: addressStage(address) }],
    args: [
      `--config=${path}`,
      ...flags({
        kubeconfig: kubeconfigOf(layout, "kwok"),
        "manage-nodes-with-annotation-selector": `${SIMULATED.key}=none`,
        "server-address": server,
      }),
    ],
    ready: { url: `http://${server}/healthz` },
  };
}
