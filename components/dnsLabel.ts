/** Source of a pattern for one label of a DNS name, in lower case (RFC 1123). */
export const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

/** A name that Kubernetes takes for a namespace. */
export const DNS_LABEL = new RegExp(`^${LABEL}$`);
