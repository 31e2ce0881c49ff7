import { Metadata, status, type handleUnaryCall } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";

import { messageOf } from "../../../host/errors";
import { encode } from "./properties";
import { InitFailed } from "./resourceProvider";

/**
 * A gRPC method out of a function; what it throws becomes the error that the engine shows.
 *
 * @param secretsOf - Texts of a request that no error may show. @default none
 */
export function unary<Request, Response>(
  method: (request: Request) => Response | Promise<Response>,
  secretsOf: (request: Request) => string[] = () => [],
): handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    void (async () => {
      try {
        callback(null, await method(request));
      } catch (error) {
        const conceal = concealing(secretsOf(request));
        callback({
          code: status.UNKNOWN,
          details: conceal(messageOf(error)),
          metadata: detailsOf(error, conceal),
        });
      }
    })();
  };
}

/** Shorter texts are no secrets, and are found all over. */
const SHORTEST_SECRET = 4;

/** A server that refuses a value says which: where it is secret, as text or as base64, it is not shown. */
function concealing(secrets: string[]): (text: string) => string {
  const hidden = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, Buffer.from(secret).toString("base64")]);
  return (text) => hidden.reduce((shown, secret) => shown.replaceAll(secret, "[secret]"), text);
}

/**
 * Where a resource was made but does not work, the engine must still get it, or the state would
 * forget it: gRPC carries that as a detail of the error.
 */
function detailsOf(error: unknown, conceal: (text: string) => string): Metadata {
  const metadata = new Metadata();
  if (!(error instanceof InitFailed)) return metadata;
  const failed = new ErrorResourceInitFailed();
  failed.setId(error.existing.id);
  failed.setProperties(encode(error.existing.state));
  failed.setInputs(encode(error.existing.inputs));
  failed.setReasonsList(error.reasons.map(conceal));
  const detail = new Any();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const response = new Status();
  response.setCode(status.UNKNOWN);
  response.setMessage(conceal(error.message));
  response.addDetails(detail);
  metadata.add("grpc-status-details-bin", Buffer.from(response.serializeBinary()));
  return metadata;
}
