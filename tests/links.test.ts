import { strict as assert } from "node:assert";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import MarkdownIt from "markdown-it";
import { lint } from "markdownlint/promise";
import relativeLinks from "markdownlint-rule-relative-links";

import { run } from "../host/run";

const ROOT = join(__dirname, "..");

/** What leads nowhere in Markdown files: the file, the line, and the link. */
async function deadLinks(files: string[]): Promise<string[]> {
  const found = await lint({
    files,
    customRules: [relativeLinks],
    markdownItFactory: () => new MarkdownIt(),
    // MD051 knows the headings of a file, and the other rule those of all others.
    config: { default: false, MD051: true, "relative-links": true },
  });
  return Object.entries(found).flatMap(([file, errors]) =>
    errors.map(
      ({ lineNumber, errorDetail, errorContext }) =>
        `${file}:${String(lineNumber)} ${[errorDetail, errorContext].filter(Boolean).join(" ")}`,
    ),
  );
}

describe("links in the Markdown files", () => {
  it("lead to files, folders and headings that are there", async () => {
    const listed = await run("git", ["ls-files", "*.md"], { cwd: ROOT });
    const files = listed
      .trim()
      .split("\n")
      .map((file) => join(ROOT, file));
    assert.ok(files.length > 20);
    assert.deepEqual(await deadLinks(files), []);
  });

  it("are found dead where the file, its heading or the page's own is not there", async () => {
    const folder = await mkdtemp(join(tmpdir(), "links-"));
    try {
      await cp(join(ROOT, "docs", "policy.md"), join(folder, "policy.md"));
      const page = join(folder, "page.md");
      const links = [
        "policy.md",
        "policy.md#waivers",
        "#page",
        "polcy.md",
        "policy.md#waiver",
        "#no",
      ];
      await writeFile(page, `# Page\n\n${links.map((link) => `[x](${link})\n`).join("")}`);
      const lines = (await deadLinks([page])).map((text) => /:(\d+) /.exec(text)?.[1]);
      assert.deepEqual(lines.sort(), ["6", "7", "8"]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
