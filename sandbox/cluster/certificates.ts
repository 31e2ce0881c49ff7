import "reflect-metadata";

import { webcrypto } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import * as x509 from "@peculiar/x509";

import { AUTHORITIES, certificateTable, type Certificate } from "./certificateTable";
import type { Layout } from "./layout";
import type { Topology } from "./topology";

/** A sandbox is short-lived, and so is what opens it. */
export const VALID_DAYS = 30;

const CURVE = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const { ExtendedKeyUsage, KeyUsageFlags } = x509;

/** A CA that signs while this process lives: its key is never written. */
export interface Authority {
  certificate: x509.X509Certificate;
  keys: CryptoKeyPair;
}

/** Makes the authorities, all certificates and the key of service accounts, readable by their owner. */
export async function writeCertificates(layout: Layout, topology: Topology): Promise<void> {
  await mkdir(layout.pki, { recursive: true, mode: 0o700 });
  const authorities = new Map<string, Authority>();
  await Promise.all(
    AUTHORITIES.map(async (name) => {
      const authority = await makeAuthority(name);
      authorities.set(name, authority);
      await save(layout, `${name}.crt`, authority.certificate.toString("pem"));
    }),
  );
  await Promise.all([
    writeServiceAccountKey(layout),
    ...certificateTable(topology).map(async (entry) => {
      const authority = authorities.get(entry.authority);
      if (authority === undefined) throw new Error(`no authority ${entry.authority}`);
      const { certificate, key } = await makeCertificate(entry, authority);
      await save(layout, `${entry.name}.crt`, certificate);
      await save(layout, `${entry.name}.key`, key);
    }),
  ]);
}

export async function makeAuthority(name: string): Promise<Authority> {
  const keys = await makeKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [`k8s-test sandbox ${name}`] }],
    ...validity(),
    signingAlgorithm: CURVE,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

/** A certificate and its key, both as PEM. */
export async function makeCertificate(
  entry: Omit<Certificate, "name" | "authority">,
  { certificate: issuer, keys: issuerKeys }: Authority,
): Promise<{ certificate: string; key: string }> {
  const keys = await makeKeys();
  const usages = { client: ExtendedKeyUsage.clientAuth, server: ExtendedKeyUsage.serverAuth };
  const names: x509.JsonGeneralNames = [
    ...(entry.dnsNames ?? []).map((value) => ({ type: "dns" as const, value })),
    ...(entry.addresses ?? []).map((value) => ({ type: "ip" as const, value })),
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    subject: [
      ...(entry.organization === undefined ? [] : [{ O: [entry.organization] }]),
      { CN: [entry.commonName] },
    ],
    issuer: issuer.subjectName.toJSON(),
    ...validity(),
    signingAlgorithm: CURVE,
    publicKey: keys.publicKey,
    signingKey: issuerKeys.privateKey,
    extensions: [
      new x509.KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension(entry.usages.map((usage) => usages[usage])),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension(names)]),
    ],
  });
  return { certificate: certificate.toString("pem"), key: await privatePem(keys.privateKey) };
}

/** The API server signs the tokens of service accounts with one key, and checks them by its half. */
async function writeServiceAccountKey(layout: Layout): Promise<void> {
  const { privateKey, publicKey } = await makeKeys();
  await save(layout, "service-account.key", await privatePem(privateKey));
  const spki = await webcrypto.subtle.exportKey("spki", publicKey);
  await save(layout, "service-account.pub", x509.PemConverter.encode(spki, "PUBLIC KEY"));
}

async function makeKeys(): Promise<CryptoKeyPair> {
  return webcrypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
}

async function privatePem(key: CryptoKey): Promise<string> {
  const pkcs8 = await webcrypto.subtle.exportKey("pkcs8", key);
  return x509.PemConverter.encode(pkcs8, "PRIVATE KEY");
}

/** From an hour ago, for clocks that differ. */
function validity(): { notBefore: Date; notAfter: Date } {
  const hour = 3_600_000;
  const now = Date.now();
  return { notBefore: new Date(now - hour), notAfter: new Date(now + VALID_DAYS * 24 * hour) };
}

async function save(layout: Layout, file: string, text: string): Promise<void> {
  await writeFile(join(layout.pki, file), `${text.trimEnd()}\n`, { mode: 0o600 });
}
