import * as proto from "@pulumi/pulumi/proto/provider_pb";

import { encode } from "./properties";
import type { CheckResult, DiffResult } from "./resourceProvider";

/** What a check found, for the wire. */
export function checkResponse({ inputs, failures }: CheckResult): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(encode(inputs));
  for (const { property, reason } of failures) {
    const failure = new proto.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

/** What differs, for the wire. */
export function diffResponse({
  changes,
  replaces,
  deleteBeforeReplace,
}: DiffResult): proto.DiffResponse {
  const { Kind } = proto.PropertyDiff;
  const kinds = {
    add: [Kind.ADD, Kind.ADD_REPLACE],
    delete: [Kind.DELETE, Kind.DELETE_REPLACE],
    update: [Kind.UPDATE, Kind.UPDATE_REPLACE],
  } as const;
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const response = new proto.DiffResponse();
  response.setChanges(changes.size > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([
    ...new Set([...changes.keys()].map((path) => /^[^.[]*/.exec(path)?.[0] ?? path)),
  ]);
  response.setReplacesList(replaces);
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const [path, change] of changes) {
    const diff = new proto.PropertyDiff();
    diff.setKind(kinds[change][replaces.includes(path) ? 1 : 0]);
    diff.setInputdiff(true);
    response.getDetaileddiffMap().set(path, diff);
  }
  return response;
}
