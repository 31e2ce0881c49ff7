import { strict as assert } from "node:assert";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

const ROOT = join(__dirname, "..");

describe("the tests", () => {
  for (const folder of ["components", "policy/rules"]) {
    it(`mirror ${folder}/: each file that does something has a test of its name`, async () => {
      const files = (await readdir(join(ROOT, folder), { recursive: true }))
        .filter((file) => file.endsWith(".ts"))
        .map((file) => join(folder, file));
      assert.ok(files.length > 10);
      for (const file of files) {
        const isOnlyTypes = !/^export (?!interface|type)/m.test(
          await readFile(join(ROOT, file), "utf8"),
        );
        const test = join("tests", file.replace(/\.ts$/, ".test.ts"));
        assert.ok(isOnlyTypes || existsSync(join(ROOT, test)), `${test} is missing`);
      }
    });
  }
});
