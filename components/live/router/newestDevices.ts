import { plainError } from "../../plainError";

/** A device of a tailnet, as far as it matters here. */
export interface Device {
  /** The id by which the API knows it. */
  nodeId: string;
  /** When it joined, in RFC 3339. */
  created: string;
}

/**
 * Ids of the devices that joined last. Those of instances that are gone can still be listed: they
 * joined before.
 *
 * @throws where there are fewer.
 */
export function newestDevices(
  devices: readonly Device[],
  count: number,
  hostnamePrefix: string,
): string[] {
  if (devices.length < count) {
    throw plainError(
      `${String(devices.length)} of ${String(count)} subnet routers are on the tailnet ` +
        `(devices named ${hostnamePrefix}*). Look at the machines page of the admin console; ` +
        `why one is missing is in its EC2 instance's system log.`,
    );
  }
  return [...devices]
    .sort((a, b) => Date.parse(b.created) - Date.parse(a.created))
    .slice(0, count)
    .map(({ nodeId }) => nodeId);
}
