import { join } from "node:path";

import type { Layout } from "../layout";
import type { Topology } from "../topology";

/** Ports of the edge's servers, on the node's address. They are free in a network namespace that is new. */
export const PORTS = {
  web: 80,
  websecure: 443,
  traefik: 8080,
  traefikMetrics: 9100,
  certManager: 9402,
  acme: 14000,
  acmeManagement: 15000,
  /** CoreDNS has the usual one. */
  nameServer: 1053,
} as const satisfies Record<string, number>;

/** `host:port` of one of the edge's servers. */
export function serverAt({ address }: Topology, name: keyof typeof PORTS): string {
  return `${address}:${String(PORTS[name])}`;
}

/** Where the files of a cluster's edge lie. */
export interface EdgePlaces {
  folder: string;
  /** Zone file; the name server writes each update of the zone to it. */
  zone: string;
  /** Folder of the name server's own data. */
  zoneData: string;
  /** Secret of the key that may update the zone, in base64. */
  tsigSecret: string;
  /** Root of the certificates that pebble issues, as PEM. */
  root: string;
}

export function edgePlaces({ folder }: Layout): EdgePlaces {
  // A short path: the name server makes a socket in it.
  const edge = join(folder, "edge");
  return {
    folder: edge,
    zone: join(edge, "zone"),
    zoneData: join(edge, "data"),
    tsigSecret: join(edge, "tsig-secret"),
    root: join(edge, "root.pem"),
  };
}
