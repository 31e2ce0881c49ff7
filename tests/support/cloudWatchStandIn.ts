import { writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";

import { decode, encode } from "cbor2";

import { ACCOUNT, outcome } from "./iam";
import { listening } from "./listening";
import { MetricStore, type MetricDataInput } from "./metricStore";

/** What the agent of Pod Identity gives: made up, and known to nobody else. */
const CREDENTIALS = {
  AccessKeyId: "ASIASTANDIN",
  SecretAccessKey: "made up",
  Token: "the session of the operator",
} as const;

/** What proves to the agent which pod asks. */
const POD_TOKEN = "the token of the operator's pod";

const AGENT_PATH = "/v1/credentials";
/** CloudWatch by the protocol that its API model puts first, Smithy's RPC v2 CBOR. */
const OPERATION = /^\/service\/GraniteServiceVersion20100801\/operation\/(\w+)$/;
const SIGNED =
  /^AWS4-HMAC-SHA256 Credential=(?<accessKeyId>[^/]+)\/\d{8}\/(?<region>[^/]+)\/(?<service>[^/]+)\/aws4_request,/;

/** A call of CloudWatch. */
export interface CloudWatchCall {
  operation: string;
  /** Whose key it is signed with, for which region and service. */
  accessKeyId: string | undefined;
  region: string | undefined;
  service: string | undefined;
  sessionToken: string | undefined;
  input: MetricDataInput;
  /** What IAM said to it: `Allowed`, or how it was denied. */
  decision: string;
  /** When it came in. */
  at: Date;
}

export interface CloudWatchStandIn {
  /** What a program has in its environment where it runs in a pod of EKS, but for the endpoint. */
  environment: Readonly<Record<string, string>>;
  metrics: MetricStore;
  calls: CloudWatchCall[];
  /** How often the agent was asked for credentials, with the pod's token. */
  identified: number;
  /** Policies of the role that the pod has by its identity. */
  policies: object[];
  close(): Promise<void>;
}

/**
 * Starts a stand-in for what a pod of EKS reaches of AWS: CloudWatch, and the agent of Pod Identity that
 * gives the pod the keys of its role. Both are plain HTTP on loopback.
 *
 * What is real: the AWS SDK's own way to the keys and to CloudWatch, its protocol, and who it signs as
 * and for which region. A simulator of IAM decides by the role's policies. What is not: AWS. The signature
 * is not computed again, and which words CloudWatch has for a denial is as IAM's manual has them.
 *
 * @param folder - Where the token of the pod is written.
 * @param policies - Policies of the role.
 */
export async function cloudWatchStandIn(
  folder: string,
  policies: object[],
): Promise<CloudWatchStandIn> {
  const server = createServer((request, response) => {
    answer(standIn, request, response).catch((error: unknown) => {
      refuse(response, 400, "ValidationError", String(error));
    });
  });
  const { port, close } = await listening(server);
  const url = `http://127.0.0.1:${String(port)}`;
  const token = join(folder, "pod-token");
  await writeFile(token, POD_TOKEN, { mode: 0o600 });
  const standIn: CloudWatchStandIn = {
    environment: {
      ...NOBODY_ELSE,
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}${AGENT_PATH}`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: token,
      // Another one than the trigger's: the trigger has to say it.
      AWS_REGION: "us-west-2",
      AWS_ENDPOINT_URL_CLOUDWATCH: url,
    },
    metrics: new MetricStore(),
    calls: [],
    identified: 0,
    policies,
    close,
  };
  return standIn;
}

/** Whatever this machine knows of accounts of its user's is not for a test. */
const NOBODY_ELSE = {
  AWS_ACCESS_KEY_ID: "",
  AWS_SECRET_ACCESS_KEY: "",
  AWS_SESSION_TOKEN: "",
  AWS_PROFILE: "",
  AWS_WEB_IDENTITY_TOKEN_FILE: "",
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};

async function answer(
  standIn: CloudWatchStandIn,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const at = new Date();
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { url = "", headers } = request;
  if (url === AGENT_PATH) {
    if (headers.authorization !== POD_TOKEN) {
      response.writeHead(403).end();
      return;
    }
    standIn.identified++;
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ ...CREDENTIALS, AccountId: ACCOUNT, Expiration }));
    return;
  }
  const operation = OPERATION.exec(url)?.[1];
  if (operation === undefined || headers["smithy-protocol"] !== "rpc-v2-cbor") {
    throw new Error(`${url} is not understood.`);
  }
  const { accessKeyId, region, service } = SIGNED.exec(headers.authorization ?? "")?.groups ?? {};
  const sessionToken = headers["x-amz-security-token"]?.toString();
  const action = `cloudwatch:${operation}`;
  const isKnown = accessKeyId === CREDENTIALS.AccessKeyId && sessionToken === CREDENTIALS.Token;
  const decision = isKnown
    ? await outcome(standIn.policies, {
        ...{ action, resource: "*", context: { "aws:RequestedRegion": region ?? "" } },
      })
    : "Unknown";
  const input = decode<MetricDataInput>(Buffer.concat(chunks));
  standIn.calls.push({
    ...{ operation, accessKeyId, region, service, sessionToken, input, decision, at },
  });
  if (!isKnown) {
    refuse(response, 403, "InvalidClientTokenId", "The security token is invalid.");
  } else if (decision !== "Allowed") {
    const who = `arn:aws:sts::${ACCOUNT}:assumed-role/keda/operator`;
    const why = `no identity-based policy allows the ${action} action`;
    refuse(
      response,
      403,
      "AccessDenied",
      `User: ${who} is not authorized to perform: ${action} because ${why}`,
    );
  } else {
    respond(response, 200, standIn.metrics.read(input));
  }
}

/** An error as a service says it that once spoke another protocol: its code is in a header as well. */
function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.setHeader("x-amzn-query-error", `${code};Sender`);
  respond(response, status, { __type: code, message });
}

function respond(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "smithy-protocol": "rpc-v2-cbor",
    "content-type": "application/cbor",
  });
  response.end(encode(body));
}
