import * as proto from "@pulumi/pulumi/proto/provider_pb";

import type { CheckRequest, Resource } from "./resourceProvider";

interface AboutResource {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

/** Which resource a request is about. Engines that say only the URN say type and name in it. */
export function resourceOf(request: AboutResource): Resource {
  const urn = request.getUrn();
  const [, , types = "", ...names] = urn.split("::");
  return {
    urn,
    type: request.getType() || (types.split("$").at(-1) ?? ""),
    name: request.getName() || names.join("::"),
  };
}

/** A request's timeout in seconds. The engine says 0 where the program sets none. */
export function timeoutOf(request: { getTimeout(): number }): number | undefined {
  return request.getTimeout() > 0 ? request.getTimeout() : undefined;
}

/** What the stack's config says about generated names. */
export function autonamingOf(request: proto.CheckRequest): CheckRequest["autonaming"] {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const { PROPOSE, ENFORCE } = proto.CheckRequest.AutonamingOptions.Mode;
  const mode = options.getMode();
  return {
    proposedName: options.getProposedName(),
    mode: mode === PROPOSE ? "propose" : mode === ENFORCE ? "enforce" : "disable",
  };
}
