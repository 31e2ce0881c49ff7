import { once } from "node:events";
import { connect } from "node:tls";

import type { ClusterEntry } from "./kubeconfig";
import type { KubeconfigProblem } from "./kubeconfigProblem";

const TIMEOUT_MS = 2000;

/** Whether an address leads back to the machine that asks. */
export function isLoopback(server: URL): boolean {
  return /^(?:localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\])$/.test(server.hostname);
}

/**
 * What is wrong with a kubeconfig that points at the machine it is used on. That is what k3s writes
 * for its own node, and right only there, or where a tunnel or a local cluster listens: so it is
 * asked whether the very cluster of the kubeconfig answers.
 *
 * @returns the problem, or undefined where there is none.
 */
export async function loopbackProblem({
  server,
  ca,
  viaProxy = false,
}: ClusterEntry): Promise<KubeconfigProblem | undefined> {
  if (viaProxy || !isLoopback(server)) return undefined;
  const port = Number(server.port === "" ? "443" : server.port);
  const host = server.hostname.replace(/^\[|\]$/g, "");
  // The name in the certificate is the client's business; here only its CA tells clusters apart.
  const socket = connect({
    host,
    port,
    ca,
    rejectUnauthorized: ca !== undefined,
    checkServerIdentity: () => undefined,
    timeout: TIMEOUT_MS,
  });
  const reached = once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.once("timeout", () => socket.destroy(new Error("timeout")));
  try {
    await once(socket, "secureConnect");
    return undefined;
  } catch (error) {
    const what = (await reached) ? "another server answers" : "nothing answers";
    return {
      given: `a kubeconfig for ${server.host}, this machine, where ${what} (${codeOf(error)})`,
      allowed: "a kubeconfig with an address at which this machine reaches the cluster",
      first: `put the node's address in place of ${server.hostname}`,
    };
  } finally {
    socket.destroy();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
