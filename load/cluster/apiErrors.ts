import { ApiException } from "@kubernetes/client-node";

import { codeOf, messageOf } from "../../host/errors";

/** HTTP status with which the API server refused; undefined where it did not answer at all. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof ApiException ? error.code : undefined;
}

/** Whether the API server says that there is no such object. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

/** Why a call of the API failed, in a few words: what the server says, or why it says nothing. */
export function reasonOf(error: unknown): string {
  if (error instanceof ApiException) {
    if (error.code === 401) return "it does not know the kubeconfig's user";
    return messageIn(error.body) ?? `it answers with status ${String(error.code)}`;
  }
  if (error instanceof Error && ["AbortError", "TimeoutError"].includes(error.name)) {
    return "no answer in time";
  }
  const { cause } = error instanceof Error ? error : { cause: undefined };
  return codeOf(error) ?? codeOf(cause) ?? messageOf(error);
}

/** The message of a `Status` object, which comes as text or parsed. */
function messageIn(body: unknown): string | undefined {
  try {
    const status = (typeof body === "string" ? JSON.parse(body) : body) as { message?: unknown };
    return typeof status.message === "string" ? status.message : undefined;
  } catch {
    return typeof body === "string" && body !== "" ? body.trim() : undefined;
  }
}
