import { strict as assert } from "node:assert";

import { loadSettings } from "../config";
import { describeKeys } from "../settings/describe";
import { isSecretKey } from "../settings/mend";
import { fixtures } from "./support/fixtures";
import { ProgramError, runProgram, type ProgramOptions } from "./support/program";
import { apply } from "./support/pulumiConfig";
import { readStackFile } from "./support/stackFile";

/** What is said against a config, all of which is encrypted that can be. */
async function messageOf(options: ProgramOptions): Promise<string> {
  const secrets = Object.keys(options.config ?? {});
  try {
    await runProgram(loadSettings, { ...options, secrets });
  } catch (error) {
    assert.ok(error instanceof ProgramError);
    return error.message;
  }
  throw new Error("Nothing was said against a config of which everything is encrypted.");
}

/** Every text and number in a value. */
function leavesOf(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.values(value).flatMap(leavesOf);
}

describe("a config in which more is encrypted than the secrets", () => {
  it("is refused for each key that is no secret", async () => {
    for (const { reason, stackFile } of [...fixtures("valid"), ...fixtures("invalid")]) {
      const options = await readStackFile(stackFile);
      const message = await messageOf(options);
      for (const [key, value] of Object.entries(options.config)) {
        const name = key.slice("k8s-test:".length);
        if (isSecretKey(name) || leavesOf(value).length === 0) continue;
        assert.match(message, new RegExp(`^\\d+\\. ${name}$`, "m"), reason);
      }
    }
  });

  it("is told of without a value of it, whatever else is wrong", async () => {
    for (const { reason, stackFile } of [...fixtures("valid"), ...fixtures("invalid")]) {
      const options = await readStackFile(stackFile);
      // The words "example.com" are in the messages anyway, in the commands that mend.
      const text = JSON.stringify(options.config).replaceAll("example", "hunter2");
      const config = JSON.parse(text) as typeof options.config;
      assert.doesNotMatch(await messageOf({ ...options, config }), /hunter2/, reason);
    }
  });

  for (const platform of ["home", "live"]) {
    // A text that is wrong nearly everywhere, one that is right as a name, and a quantity.
    for (const value of ["hunter2\nhunter2", "hunter2", "hunter2.org", "31337Gi"]) {
      it(`is told of without a value of it: ${JSON.stringify(value)} everywhere at ${platform}`, async () => {
        const config: Record<string, unknown> = {};
        for (const { key } of describeKeys()) {
          apply(config, { verb: "set", isPath: true, path: key.split("."), value });
        }
        config["k8s-test:platform"] = platform;
        const message = await messageOf({ stack: platform, config });
        assert.doesNotMatch(message, /hunter2|31337/);
        assert.ok(leavesOf(config).includes(value));
      });
    }
  }
});
