import { existsSync } from "node:fs";

const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";

/**
 * Hands this machine's certificate authorities to the build, for as long as it fetches: behind a
 * proxy that re-signs TLS, the ones in the image would not do.
 */
export function certificateArguments(file: string = CERTIFICATES): string[] {
  return existsSync(file) ? ["--secret", `id=ca-certificates,src=${file}`] : [];
}
