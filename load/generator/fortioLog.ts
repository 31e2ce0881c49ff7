/** What a line of fortio's output means. */
export type Entry = RequestEntry | FailureEntry | ResultEntry | RemarkEntry;

/** One request that has come to its end. */
export interface RequestEntry {
  kind: "request";
  /** Connection that made it; its requests are numbered from 0 in the order of time. */
  thread: number;
  iteration: number;
  /** By the clock of the generator's node, in milliseconds since 1970. */
  startedAt: number;
  /** In milliseconds. */
  latency: number;
  /** HTTP status; -1 where there was no whole answer. */
  status: number;
}

/** Why a request had no whole answer. It comes beside the request's own entry. */
export interface FailureEntry {
  kind: "failure";
  text: string;
}

/** The sum of a load, once it has ended. */
export interface ResultEntry {
  kind: "result";
  /** Requests by HTTP status; -1 for those without a whole answer. */
  statuses: Record<string, number>;
}

/** Anything else that is said for people. */
export interface RemarkEntry {
  kind: "remark";
  text: string;
}

interface AccessLine {
  latency: number;
  timestamp: number;
  thread: number;
  iter: number;
  details: string;
}

interface LogLine {
  level: string;
  msg: string;
  err?: string;
}

/**
 * Reads the output of `fortio load -access-log-file /dev/stdout -json -` line by line: a line of
 * JSON for each request, a line of JSON for each error, and at the end the result, as JSON over many
 * lines. Standard output and error come mixed, as in a pod's log.
 */
export class FortioLog {
  #result: string[] | undefined;

  read(line: string): Entry | undefined {
    if (line === "{") {
      this.#result = [line];
      return undefined;
    }
    if (this.#result !== undefined && (line.startsWith("  ") || line === "}")) {
      this.#result.push(line);
      return line === "}" ? this.endResult(this.#result.join("\n")) : undefined;
    }
    if (line.startsWith('{"latency"')) return requestOf(line);
    if (line.startsWith('{"ts"')) return logOf(line);
    return line.trim() === "" ? undefined : { kind: "remark", text: line };
  }

  private endResult(text: string): Entry | undefined {
    this.#result = undefined;
    const { RetCodes } = (parsed(text) ?? {}) as { RetCodes?: Record<string, number> };
    return RetCodes && { kind: "result", statuses: RetCodes };
  }
}

function requestOf(line: string): Entry | undefined {
  const access = parsed(line) as AccessLine | undefined;
  return (
    access && {
      kind: "request",
      thread: access.thread,
      iteration: access.iter,
      startedAt: Math.round(access.timestamp / 1e6),
      // fortio says it in seconds, to the microsecond.
      latency: Math.round(access.latency * 1e6) / 1000,
      status: Number(access.details),
    }
  );
}

function logOf(line: string): Entry | undefined {
  const log = parsed(line) as LogLine | undefined;
  if (log === undefined) return undefined;
  const { msg, err } = log;
  return err === undefined
    ? { kind: "remark", text: msg }
    : { kind: "failure", text: causeIn(err) ?? msg };
}

/** "dial tcp 10.43.0.7:80: connect: connection refused" is "connection refused". */
function causeIn(error: string): string | undefined {
  return error.split(": ").at(-1);
}

/** A line that was cut (its container was killed, its log rotated) is no line. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
