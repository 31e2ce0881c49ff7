import { strict as assert } from "node:assert";
import { mock } from "node:test";

import { registeredResources } from "../../../scripts/architecture/registered";
import { STACKS } from "../../../scripts/architecture/stacks";

describe("registeredResources", () => {
  it("gives what the program registers, and keeps to itself what it tells who makes a stack", async () => {
    const log = mock.method(console, "log", () => undefined);
    try {
      const resources = await registeredResources(STACKS.live);
      assert.deepEqual(log.mock.calls, []);
      const app = resources.find(({ type }) => type === "kubernetes:apps/v1:Deployment");
      const platform = resources.find(({ type }) => type.endsWith(":LivePlatform"));
      assert.deepEqual(
        [app?.name, app?.isComponent, platform?.isComponent],
        ["httpbin", false, true],
      );
      const provider = resources.find(({ type }) => type === "pulumi:providers:kubernetes");
      assert.ok(provider !== undefined && app?.dependencies.includes(provider.urn));
    } finally {
      log.mock.restore();
    }
  });
});
