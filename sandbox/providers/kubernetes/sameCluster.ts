import type { JsonObject } from "../skeleton/json";
import { hasUnknown } from "../skeleton/properties";
import { loadAccess } from "./kubeconfig";
import { readSettings } from "./settings";

/**
 * Whether two sets of a provider's inputs lead to the same cluster: their `clusterIdentifier`
 * says so, or where one of them has none, the address of the API server.
 */
export function isSameCluster(before: JsonObject, after: JsonObject): boolean {
  const from = before["clusterIdentifier"];
  const to = after["clusterIdentifier"];
  if (from !== undefined && to !== undefined) return from === to;
  if (hasUnknown(after)) return true;
  const servers = [serverOf(before), serverOf(after)];
  // What cannot be read tells nothing, and nothing is no reason to make everything anew.
  return servers.includes(undefined) || servers[0] === servers[1];
}

function serverOf(inputs: JsonObject): string | undefined {
  try {
    return loadAccess(readSettings(inputs, {})).server;
  } catch {
    return undefined;
  }
}
