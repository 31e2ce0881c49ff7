import { readFile } from "node:fs/promises";

import { ca, type Layout } from "../layout";
import { clusterLayout, readState } from "../state";
import type { Topology } from "../topology";
import { TSIG_KEY } from "./nameServer";
import { edgePlaces, serverAt } from "./places";
import { ZONE } from "./zone";

/** What a stack is told of the edge: how its Ingress is reached, and how it comes by a certificate. */
export interface Edge {
  /** Address of Traefik, with ports 80 and 443. */
  address: string;
  /** The DNS zone that is the edge's own. */
  zone: typeof ZONE;
  acme: {
    /** URL of the ACME server's directory. */
    directory: string;
    /** PEM of the CA that signed the server's own certificate. */
    caBundle: string;
  };
  /** How the zone is updated (RFC 2136): TXT records, and no others. */
  rfc2136: {
    /** `host:port` */
    nameserver: string;
    tsigKeyName: string;
    tsigAlgorithm: "HMACSHA256";
    /** In base64. */
    tsigSecret: string;
  };
  /** PEM file of the root of the certificates that are issued, for `curl --cacert`. */
  rootPath: string;
}

/** @returns the edge of a cluster, from its state; undefined where there is none. */
export async function readEdge(name: string): Promise<Edge | undefined> {
  const layout = clusterLayout(name);
  const state = await readState(layout);
  return state?.edge === true ? edgeOf(layout, state.topology) : undefined;
}

/** The edge of a cluster that has one. */
export async function edgeOf(layout: Layout, topology: Topology): Promise<Edge> {
  const { tsigSecret, root } = edgePlaces(layout);
  return {
    address: topology.address,
    zone: ZONE,
    acme: {
      directory: `https://${serverAt(topology, "acme")}/dir`,
      caBundle: await readFile(ca(layout), "utf8"),
    },
    rfc2136: {
      nameserver: serverAt(topology, "nameServer"),
      tsigKeyName: TSIG_KEY,
      tsigAlgorithm: "HMACSHA256",
      tsigSecret: await readFile(tsigSecret, "utf8"),
    },
    rootPath: root,
  };
}
