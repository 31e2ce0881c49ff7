import { endpoints, service, type Manifest, type ServicePort } from "./manifests";
import type { Topology } from "./topology";

/** An API that the API server has another process answer. */
export interface AggregatedApi {
  group: string;
  version: string;
  /** Name of its Service, for which its certificate is. */
  name: string;
  namespace: string;
  /** Where the process listens, on the address of the topology. */
  port: number;
  /** PEM of the CA that signed its certificate. */
  caBundle: string;
}

/** Name of an API among the objects of the kind APIService. */
export function apiServiceName({
  group,
  version,
}: Pick<AggregatedApi, "group" | "version">): string {
  return `${version}.${group}`;
}

/** The way of the API server to such a process. */
export function aggregatedApi(
  api: AggregatedApi,
  { address }: Topology,
  nodes: "real" | "simulated",
): Manifest[] {
  const { group, version, name, namespace, port, caBundle } = api;
  const ports: ServicePort[] = [{ name: "https", port, protocol: "TCP" }];
  return [
    ...(nodes === "real"
      ? [service(name, { ports }, namespace), endpoints(name, address, ports, namespace)]
      : // An endpoint may not be a loopback address; a name may.
        [service(name, { type: "ExternalName", externalName: "localhost" }, namespace)]),
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: apiServiceName(api) },
      spec: {
        group,
        version,
        groupPriorityMinimum: 100,
        versionPriority: 100,
        caBundle: Buffer.from(caBundle).toString("base64"),
        service: { name, namespace, port },
      },
    },
  ];
}
