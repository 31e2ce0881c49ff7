import "reflect-metadata";

import { webcrypto } from "node:crypto";

import * as x509 from "@peculiar/x509";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

x509.cryptoProvider.set(webcrypto as Crypto);

/** A certificate that signed itself, and its private key; both PEM. */
export interface SelfSigned {
  certificate: string;
  key: string;
}

/**
 * Makes a certificate for localhost that is good until a date. @default in a year
 *
 * @param addresses - IP addresses of a server that it is for, too. @default none
 */
export async function selfSigned(
  notAfter = new Date(Date.now() + 365 * DAY_MS),
  addresses: readonly string[] = [],
): Promise<SelfSigned> {
  const names = addresses.map((value) => ({ type: "ip", value }) as const);
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: "CN=localhost",
    notBefore: new Date(notAfter.getTime() - 730 * DAY_MS),
    notAfter,
    signingAlgorithm: ALGORITHM,
    keys: keys,
    extensions: names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)],
  });
  const key = await webcrypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: certificate.toString("pem"),
    key: x509.PemConverter.encode(key, "PRIVATE KEY"),
  };
}
