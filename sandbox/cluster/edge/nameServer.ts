import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { stringify } from "yaml";

import type { Component, Setting } from "../component";
import { edgePlaces, PORTS, serverAt } from "./places";
import { APP_HOST, ZONE, zoneFile } from "./zone";

/** Name of the key that may update the zone. */
export const TSIG_KEY = "cert-manager";

/**
 * Makes what the name server needs before its first start: folders, and the key's secret, which is
 * another one for each cluster.
 *
 * @returns the secret, in base64.
 */
export async function prepareNameServer({ layout }: Setting): Promise<string> {
  const { zoneData, tsigSecret } = edgePlaces(layout);
  await mkdir(zoneData, { recursive: true, mode: 0o700 });
  const secret = randomBytes(32).toString("base64");
  await writeFile(tsigSecret, secret, { mode: 0o600 });
  return secret;
}

/**
 * Knot DNS: the authority for the zone. It takes updates (RFC 2136) of TXT records with the key, and
 * no others; nobody can fetch the zone as a whole.
 *
 * @param secret of the key, in base64.
 * @param program Path of knotd.
 */
export function nameServer(
  { layout, topology }: Setting,
  { secret, program }: { secret: string; program: string },
): Component {
  const places = edgePlaces(layout);
  const path = join(layout.config, "knot.yaml");
  const config = {
    server: {
      listen: `${topology.address}@${String(PORTS.nameServer)}`,
      rundir: places.folder,
      // What it is and which version is nobody's business.
      identity: "",
      version: "",
    },
    log: [{ target: "stdout", any: "info" }],
    database: { storage: places.zoneData },
    key: [{ id: TSIG_KEY, algorithm: "hmac-sha256", secret }],
    acl: [{ id: "challenges", key: TSIG_KEY, action: "update", "update-type": "TXT" }],
    zone: [{ domain: ZONE, file: places.zone, acl: "challenges" }],
  };
  return {
    name: "knot",
    tool: program,
    args: [`--config=${path}`],
    files: [
      { path, text: stringify(config) },
      { path: places.zone, text: zoneFile(topology.address) },
    ],
    ready: { lookup: APP_HOST, server: serverAt(topology, "nameServer") },
  };
}
