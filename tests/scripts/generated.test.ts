import { strict as assert } from "node:assert";

import { generatedFiles, read } from "../../scripts/generated";

describe("the generated files", () => {
  it("are what the code and the SDK make of them: else run `npm run generate`", async () => {
    const files = await generatedFiles();
    assert.deepEqual(Object.keys(files), [
      "Pulumi.yaml",
      "config.schema.json",
      "README.md",
      "docs/configuration.md",
      "docs/policy.md",
      "docs/cis-eks.md",
      "docs/architecture.md",
      "docs/scanners.md",
      "docs/deployer-policy/look.json",
      "docs/deployer-policy/network.json",
      "docs/deployer-policy/cluster.json",
      "docs/deployer-policy/roles.json",
      "docs/deployer-policy/instances.json",
      "docs/deployer-policy/ingress.json",
      "docs/deployer-policy/trust.json",
      "docs/preview-policy/look.json",
      "docs/preview-policy/trust.json",
      "docs/preview-policy/kubernetes.yaml",
      "sandbox/providers/cloud/shapes.json",
    ]);
    for (const [path, contents] of Object.entries(files)) {
      assert.equal(await read(path), contents, path);
    }
  });
});
