import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Messages in the output of the engine, at the resource that they are about. */
export interface EngineLog {
  info(message: string, urn?: string): void;
  warn(message: string, urn?: string): void;
  /** Shown while the resource is being worked on, in place of the message before. */
  status(message: string, urn: string): void;
}

/** @param address - `host:port` of the engine; undefined where no engine listens. */
export function connectEngineLog(address: string | undefined): EngineLog {
  const client =
    address === undefined ? undefined : new EngineClient(address, credentials.createInsecure());
  const send = (severity: LogSeverity, message: string, urn = "", ephemeral = false): void => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    // A message that the engine does not take is no reason to fail: it may be on its way out.
    client?.log(request, () => undefined);
  };
  return {
    info: (message, urn) => {
      send(LogSeverity.INFO, message, urn);
    },
    warn: (message, urn) => {
      send(LogSeverity.WARNING, message, urn);
    },
    status: (message, urn) => {
      send(LogSeverity.INFO, message, urn, true);
    },
  };
}
