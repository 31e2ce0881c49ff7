import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { UserError } from "../../../host/userError";
import { ApiClient } from "../apiClient";
import type { Component, Setting } from "../component";
import { pair } from "../layout";
import { until } from "../readiness";
import { clusterLayout, readState } from "../state";
import { serverUrl } from "../topology";
import { edgePlaces, PORTS, serverAt } from "./places";

/** Seconds for which a certificate is valid: the 90 days of Let's Encrypt. */
const VALID_SECONDS = 90 * 24 * 3600;

/**
 * pebble: the ACME server that Let's Encrypt tests clients with. It asks the edge's own DNS for each
 * challenge. Accounts, orders and the root that it signs with are in its memory alone.
 */
export function pebble({ layout, topology }: Setting): Component {
  const path = join(layout.config, "pebble.json");
  const serving = pair(layout, "serving");
  const config = {
    pebble: {
      listenAddress: serverAt(topology, "acme"),
      managementListenAddress: serverAt(topology, "acmeManagement"),
      certificate: serving.cert,
      privateKey: serving.key,
      httpPort: PORTS.web,
      tlsPort: PORTS.websecure,
      keyAlgorithm: "ecdsa",
      // Of several it takes one by chance.
      profiles: { default: { description: "90 days", validityPeriod: VALID_SECONDS } },
    },
  };
  return {
    name: "pebble",
    tool: "pebble",
    args: ["-config", path, "-dnsserver", serverAt(topology, "nameServer")],
    environment: {
      // It would wait at random before it asks for a challenge's record.
      PEBBLE_VA_NOSLEEP: "1",
      // By chance it would take an earlier proof in place of a new one.
      PEBBLE_AUTHZREUSE: "0",
    },
    files: [{ path, text: JSON.stringify(config, undefined, 2) }],
    ready: { url: `https://${serverAt(topology, "acme")}/dir` },
  };
}

/**
 * Writes down the root that a running pebble signs with, for whoever checks a certificate.
 *
 * @throws UserError where pebble does not tell it.
 */
export async function saveRoot({ layout, topology }: Setting, api: ApiClient): Promise<void> {
  const url = `https://${serverAt(topology, "acmeManagement")}/roots/0`;
  let root = "";
  await until("pebble tells its root", async () => {
    // On a busy machine an answer may come too late: the next one will do.
    const answer = await api.get(url).catch(() => undefined);
    if (answer?.status === 200) root = answer.body;
    return root !== "";
  });
  await writeFile(edgePlaces(layout).root, root, { mode: 0o600 });
}

/** Writes the root down again: a pebble that was started again has another one. */
export async function saveRootAgain(name: string): Promise<void> {
  const layout = clusterLayout(name);
  const state = await readState(layout);
  if (state?.edge !== true) throw new UserError(`Cluster "${name}" has no edge.`);
  const { topology } = state;
  await saveRoot({ layout, topology }, await ApiClient.of(layout, serverUrl(topology)));
}
