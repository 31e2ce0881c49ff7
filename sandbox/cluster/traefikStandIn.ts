import { copyFile, mkdir, readFile, rename } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

import { cacheFolder } from "../../host/cacheFolder";
import { goModule } from "../../host/goModule";
import { versions } from "../../versions";
import type { Manifest } from "./manifests";

/**
 * What a stack finds of Traefik where none runs: the kind Middleware as Traefik defines it, and the
 * IngressClass. Nobody serves an Ingress; `ingressAddresses` gives it its address.
 */
export async function traefikManifests(): Promise<Manifest[]> {
  const kind = parse(await readFile(await middlewareKind(), "utf8")) as Manifest;
  return [kind, traefikClass()];
}

/**
 * The IngressClass of Traefik.
 *
 * @param isDefault Whether an Ingress without a class is its own, as in k3s. @default false
 */
export function traefikClass({ isDefault = false } = {}): Manifest {
  const annotations = { "ingressclass.kubernetes.io/is-default-class": "true" };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: { name: "traefik", ...(isDefault && { annotations }) },
    spec: { controller: "traefik.io/ingress-controller" },
  };
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
