import type { V1Ingress } from "@kubernetes/client-node";

import { UserError } from "../../host/userError";
import type { Cluster } from "../cluster/cluster";

/**
 * The URL, without a path, under which an Ingress serves a Service.
 *
 * @throws UserError where none does.
 */
export async function ingressUrl(
  cluster: Cluster,
  namespace: string,
  service: string,
): Promise<string> {
  const { items } = await cluster.networking.listNamespacedIngress({ namespace });
  const [url] = items.flatMap((ingress) => urlsOf(ingress, service));
  if (url !== undefined) return url;
  throw new UserError(
    `No Ingress in namespace ${namespace} has a host for the service ${service}. Leave out --through ingress, or make one.`,
  );
}

/** URLs of the hosts whose requests an Ingress sends to a Service. */
export function urlsOf({ spec }: V1Ingress, service: string): string[] {
  const withTls = new Set((spec?.tls ?? []).flatMap(({ hosts }) => hosts ?? []));
  return (spec?.rules ?? []).flatMap(({ host, http }) => {
    const serves = http?.paths.some(({ backend }) => backend.service?.name === service) ?? false;
    if (host === undefined || !serves) return [];
    return [`${withTls.has(host) ? "https" : "http"}://${host}`];
  });
}
