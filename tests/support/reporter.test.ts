import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");
const MOCHA = join(ROOT, "node_modules", "mocha", "bin", "mocha.js");

/** What mocha prints for a file with our reporter, and its exit code. */
function runMocha(file: string, ...flags: string[]): Promise<{ code: unknown; lines: string[] }> {
  const reporter = "tests/support/reporter.ts";
  const usual = ["--no-config", "--require", "tsx/cjs", "--reporter", reporter];
  const args = [MOCHA, ...usual, ...flags, file];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT }, (error, stdout) => {
      resolve({ code: error?.code ?? 0, lines: stdout.trimEnd().split("\n") });
    });
  });
}

describe("the reporter", () => {
  it("ends with why each test was skipped, and the sum alone on the last line", async () => {
    const { code, lines } = await runMocha("tests/fixtures/mocha/skips.ts");
    assert.deepEqual(lines.slice(-3), [
      "skipped: a suite is skipped: it needs a tool",
      "skipped: a suite that is skipped whole is skipped: it needs root",
      "1 passed, 1 failed, 2 skipped",
    ]);
    assert.equal(code, 1);
  });

  it("says of files that run side by side why each test or suite was skipped, and ends with the sum", async () => {
    const { code, lines } = await runMocha("tests/fixtures/mocha/skips.ts", "--parallel");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("skipped: ")),
      [
        "skipped: a suite is skipped: it needs a tool",
        "skipped: a suite that is skipped whole: it needs root",
      ],
    );
    assert.equal(lines.at(-1), "1 passed, 1 failed, 2 skipped");
    assert.equal(code, 1);
  });
});
