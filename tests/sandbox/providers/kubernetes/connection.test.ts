import { strict as assert } from "node:assert";

import { Connection } from "../../../../sandbox/providers/kubernetes/connection";
import { readSettings } from "../../../../sandbox/providers/kubernetes/settings";

/** Looks for the cluster of a server twice. @returns what the user is told of it. */
async function told(server: string): Promise<string[]> {
  const kubeconfig = JSON.stringify({
    "current-context": "c",
    clusters: [{ name: "c", cluster: { server } }],
    contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user: {} }],
  });
  const said: string[] = [];
  const connection = new Connection(readSettings({ kubeconfig }, {}), {
    info: (message) => said.push(`info: ${message}`),
    warn: (message) => said.push(`warn: ${message}`),
    status: () => assert.fail("no status"),
  });
  for (let time = 0; time < 2; time++) assert.equal(await connection.forPreview(), undefined);
  return said;
}

describe("the cluster of a preview", () => {
  it("is missed once where it does not answer, with what to look at", async () => {
    // A port on which nobody listens (RFC 863).
    const [first, ...others] = await told("https://127.0.0.1:9");
    assert.match(
      first ?? "",
      /^warn: The API server at https:\/\/127\.0\.0\.1:9 does not answer .*\nUntil then, a preview shows/,
    );
    assert.deepEqual(others, []);
  });

  it("is not looked for where the kubeconfig says that there is none", async () => {
    assert.deepEqual(await told("https://nowhere.invalid:6443"), [
      "info: There is no cluster here: a preview shows what the program declares, and no cluster has checked it.",
    ]);
  });
});
