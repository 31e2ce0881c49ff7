/** Characters of a label of a DNS name. */
const LABEL_LENGTH = 63;

/** Characters of an instance's id, such as `i-0123456789abcdef0`. */
const INSTANCE_ID_LENGTH = 19;

/**
 * What the host names of a cluster's routers begin with. With the region in it, so that two clusters
 * of one name can be on one tailnet; and short enough for an instance's id to follow.
 */
export function hostnamePrefix(clusterName: string, region: string): string {
  const rest = `-${region}-router-`;
  const room = LABEL_LENGTH - INSTANCE_ID_LENGTH - rest.length;
  const cluster = clusterName
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, room)
    .replace(/-+$/, "");
  return `${cluster}${rest}`;
}
