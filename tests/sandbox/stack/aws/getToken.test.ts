import { strict as assert } from "node:assert";

import { answer, type Answer } from "../../../../sandbox/stack/aws/getToken";

const CREDENTIAL = { clientCertificateData: "a certificate", clientKeyData: "a key" };
const NOW = new Date("2026-01-01T00:00:00Z");
const TOKEN = ["eks", "get-token", "--cluster-name", "live", "--region", "eu-central-1"];

const asked = (args: string[], execInfo?: string): Answer =>
  answer(args, CREDENTIAL, execInfo, NOW);

describe("The stand-in of the aws CLI", () => {
  it("answers `eks get-token` with the certificate of the sandbox's administrator", () => {
    const { exitCode, stdout, stderr } = asked([...TOKEN, "--output", "json"]);
    assert.deepEqual([exitCode, stderr], [0, ""]);
    assert.deepEqual(JSON.parse(stdout), {
      kind: "ExecCredential",
      apiVersion: "client.authentication.k8s.io/v1beta1",
      spec: {},
      status: { ...CREDENTIAL, expirationTimestamp: "2026-01-01T00:14:00.000Z" },
    });
  });

  it("takes options before the command, a role and a profile", () => {
    for (const args of [
      ["--region", "eu-central-1", ...TOKEN.slice(0, 4)],
      [...TOKEN, "--role-arn", "arn:aws:iam::123456789012:role/deployer"],
      [...TOKEN, "--role", "arn:aws:iam::123456789012:role/deployer", "--profile", "work"],
    ]) {
      assert.equal(asked(args).exitCode, 0, args.join(" "));
    }
  });

  it("speaks the client's version of the protocol", () => {
    const version = "client.authentication.k8s.io/v1";
    const { stdout } = asked(TOKEN, JSON.stringify({ apiVersion: version, spec: {} }));
    assert.equal((JSON.parse(stdout) as { apiVersion: string }).apiVersion, version);
  });

  it("refuses all else, and says what it was asked", () => {
    for (const args of [
      [],
      ["sts", "get-caller-identity"],
      ["eks", "list-clusters"],
      [...TOKEN, "--unheard-of"],
      [...TOKEN, "--output", "text"],
    ]) {
      const { exitCode, stdout, stderr } = asked(args);
      assert.deepEqual([exitCode, stdout], [252, ""]);
      assert.match(stderr, /stand-in for the aws CLI/);
      assert.ok(stderr.endsWith(`It was asked: ${`aws ${args.join(" ")}`.trim()}\n`), stderr);
    }
  });

  it("demands a cluster, as the aws CLI does", () => {
    const { exitCode, stderr } = asked(["eks", "get-token"]);
    assert.equal(exitCode, 252);
    assert.match(stderr, /^Name the cluster with --cluster-name/);
  });
});
