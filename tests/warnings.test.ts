import { strict as assert } from "node:assert";

import program from "../index";
import { selfSigned } from "./support/certificates";
import { fixtures } from "./support/fixtures";
import { kubeconfig } from "./support/kubeconfig";
import { runProgram } from "./support/program";
import { readStackFile } from "./support/stackFile";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The warnings that the program gives to the engine with a client certificate that is good until a
 * date. Where there is no engine, as here, the SDK hands them to the console.
 */
async function warningsUntil(notAfter: Date): Promise<string[]> {
  const { certificate } = await selfSigned(notAfter);
  const stackFile = fixtures("valid").find(({ reason }) => reason === "cloudflare")?.stackFile;
  const options = await readStackFile(stackFile ?? "");
  options.config["k8s-test:kubeconfig"] = kubeconfig({ clientCertificate: certificate });
  const warnings: string[] = [];
  const { warn } = console;
  console.warn = (text: string) => warnings.push(text);
  try {
    const { resources } = await runProgram(program, { ...options, preview: true });
    assert.ok(resources.some(({ type }) => type === "k8s-test:app:HttpbinApp"));
  } finally {
    console.warn = warn;
  }
  return warnings;
}

describe("the program's warnings", () => {
  it("tell of a client certificate that ends in ten days, and how to renew it, and go on", async () => {
    const end = new Date(Date.now() + 10.5 * DAY_MS);
    const mend =
      "sudo systemctl restart k3s on the node, which renews it, then: pulumi config set --stack home --secret kubeconfig < kubeconfig.yaml";
    assert.deepEqual(await warningsUntil(end), [
      `warning: [runtime] kubeconfig: a client certificate that expires on ${end.toISOString().slice(0, 10)}. Mend it by: ${mend}`,
    ]);
  });

  it("are none where the client certificate is good for longer", async () => {
    assert.deepEqual(await warningsUntil(new Date(Date.now() + 15 * DAY_MS)), []);
  });
});
