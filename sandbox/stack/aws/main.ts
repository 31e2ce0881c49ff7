import { readFileSync } from "node:fs";

import { answer, type ClientCredential } from "./getToken";

/** Set when the program is bundled: file with the credential of the sandbox's administrator. */
declare const CREDENTIAL_FILE: string;

const credential = JSON.parse(readFileSync(CREDENTIAL_FILE, "utf8")) as ClientCredential;
const { exitCode, stdout, stderr } = answer(
  process.argv.slice(2),
  credential,
  process.env["KUBERNETES_EXEC_INFO"],
  new Date(),
);
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
