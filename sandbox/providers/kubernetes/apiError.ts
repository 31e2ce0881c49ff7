import { isObject, objectsAt, numberAt, textAt, type Json } from "../skeleton/json";

/** A field that the API server refuses, and why. */
export interface Cause {
  /** Path as Kubernetes writes it, such as `spec.selector`; may be empty. */
  field: string;
  message: string;
}

/** What the API server answers in place of an object: a `Status` of its API. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly code: number,
    /** Such as NotFound, Conflict or Invalid; empty where the answer is no Status. */
    readonly reason: string,
    message: string,
    readonly causes: Cause[] = [],
  ) {
    super(message);
  }

  static of(code: number, body: Json): ApiError {
    if (!isObject(body)) return new ApiError(code, "", `HTTP status ${String(code)}`);
    const causes = objectsAt(body, "details", "causes").map((cause) => ({
      field: textAt(cause, "field") ?? "",
      message: textAt(cause, "message") ?? "",
    }));
    const message = textAt(body, "message") ?? `HTTP status ${String(code)}`;
    return new ApiError(
      numberAt(body, "code") ?? code,
      textAt(body, "reason") ?? "",
      message,
      causes,
    );
  }
}

/** The API server does not answer, or there is no way to ask it. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404;
}

/** Whether the answer may well be another one in a moment: a webhook or the server is starting. */
export function isPassing(error: unknown): boolean {
  return error instanceof ApiError && (error.code === 429 || error.code >= 500);
}
