import { messageOf } from "../../host/errors";

/** How long a server may take to answer, in milliseconds. */
const ANSWER_MS = 5_000;

/**
 * Asks a server for anything at all.
 *
 * @param url - Any address on it; `oci:` stands for https.
 * @returns why it does not answer; undefined where it does.
 */
export async function whyUnreachable(url: string): Promise<string | undefined> {
  const scheme = url.startsWith("http:") ? "http" : "https";
  try {
    await fetch(`${scheme}://${new URL(url).host}/`, {
      method: "HEAD",
      redirect: "manual",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    return undefined;
  } catch (error) {
    return messageOf(error instanceof Error && error.cause !== undefined ? error.cause : error);
  }
}
