/** The zone of the sandbox's own DNS; a name that no public DNS ever knows (RFC 6761). */
export const ZONE = "home.test";

/** Host of the zone under which the app is reached. */
export const APP_HOST = `httpbin.${ZONE}`;

/** Seconds for which an answer may be kept: short, as challenges come and go. */
const TTL = 5;

/**
 * The zone's file: every host has the address at which Traefik listens.
 *
 * @param address IPv4 address, of the name server too.
 */
export function zoneFile(address: string): string {
  const hosts = [`ns.${ZONE}`, APP_HOST];
  return [
    `$ORIGIN ${ZONE}.`,
    `$TTL ${String(TTL)}`,
    // Serial, then seconds: refresh, retry, expiry, and how long it is known that a name is not there.
    `@ SOA ns hostmaster 1 3600 600 86400 ${String(TTL)}`,
    "@ NS ns",
    ...hosts.map((host) => `${host}. A ${address}`),
    "",
  ].join("\n");
}
