import { parseArgs } from "node:util";

/** How a user of the cluster shows who it is: PEM. */
export interface ClientCredential {
  clientCertificateData: string;
  clientKeyData: string;
}

/** What the program prints, and how it ends. */
export interface Answer {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** How the aws CLI ends where its command line makes no sense to it. */
const USAGE = 252;

/** For how long clients use what they got before they ask again: as a token of EKS, in milliseconds. */
const VALID_MS = 14 * 60_000;

/**
 * Answers `aws eks get-token`, by which a kubeconfig of EKS asks who its user is, with the client
 * certificate of the sandbox's administrator: its API server knows no IAM.
 *
 * @param execInfo - What a client says of the protocol, in KUBERNETES_EXEC_INFO.
 */
export function answer(
  args: readonly string[],
  credential: ClientCredential,
  execInfo: string | undefined,
  now: Date,
): Answer {
  const command = commandOf(args);
  if (command?.cluster === undefined) {
    const asked = `aws ${args.join(" ")}`.trimEnd();
    const reason =
      command === undefined
        ? "This is the sandbox's stand-in for the aws CLI. There is no account behind it, and all " +
          "that it knows is `aws eks get-token --cluster-name NAME`"
        : "Name the cluster with --cluster-name";
    return { exitCode: USAGE, stdout: "", stderr: `${reason}. It was asked: ${asked}\n` };
  }
  const answered = {
    kind: "ExecCredential",
    apiVersion: versionOf(execInfo),
    spec: {},
    status: {
      expirationTimestamp: new Date(now.getTime() + VALID_MS).toISOString(),
      ...credential,
    },
  };
  return { exitCode: 0, stdout: `${JSON.stringify(answered)}\n`, stderr: "" };
}

/** @returns undefined where something else than `eks get-token` is asked for, or in another way. */
function commandOf(args: readonly string[]): { cluster: string | undefined } | undefined {
  const text = { type: "string" } as const;
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        "cluster-name": text,
        output: text,
        profile: text,
        region: text,
        role: text,
        "role-arn": text,
      },
    });
    const isKnown = positionals.join(" ") === "eks get-token";
    return isKnown && (values.output ?? "json") === "json"
      ? { cluster: values["cluster-name"] }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The client's own version of the protocol; the aws CLI's without one. */
function versionOf(execInfo: string | undefined): string {
  try {
    const { apiVersion } = JSON.parse(execInfo ?? "") as { apiVersion?: string };
    if (apiVersion !== undefined) return apiVersion;
  } catch {
    // Said below.
  }
  return "client.authentication.k8s.io/v1beta1";
}
