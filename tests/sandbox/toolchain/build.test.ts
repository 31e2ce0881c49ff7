import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { buildTool } from "../../../sandbox/toolchain/build";
import { buildLog, builtPath } from "../../../sandbox/toolchain/pin";
import { announcement, ensureTools } from "../../../sandbox/toolchain/toolchain";
import { TOOLS, type Tool } from "../../../sandbox/toolchain/tools";
import { UserError } from "../../../host/userError";

function tool(name: string): Tool {
  const found = TOOLS.find((one) => one.name === name);
  assert.ok(found !== undefined);
  return found;
}

/** A Go in whose place a script writes the program, fails, or takes its time. */
const WRITES = 'for arg; do [ "$last" = -o ] && echo program > "$arg"; last=$arg; done';

describe("building a tool", () => {
  const path = process.env["PATH"];
  const etcd = tool("etcd");
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-build-"));
    process.env["PATH"] = `${folder}:/usr/bin:/bin`;
  });
  afterEach(async () => {
    process.env["PATH"] = path;
    await rm(folder, { recursive: true });
  });

  async function go(script: string): Promise<void> {
    const calls = `echo "$*" >> ${folder}/calls`;
    await writeFile(join(folder, "go"), `#!/bin/sh\n${calls}\n${script}\n`);
    await chmod(join(folder, "go"), 0o755);
  }

  function builds(): number {
    const calls = existsSync(`${folder}/calls`) ? readFileSync(`${folder}/calls`, "utf8") : "";
    return calls.split("\n").filter((line) => line.startsWith("build ")).length;
  }

  it("puts the program into the folder of its pin", async () => {
    await go(WRITES);
    await buildTool(folder, etcd);
    const built = builtPath(folder, etcd);
    assert.match(built, /\/tools\/etcd-[0-9a-f]{12}\/etcd$/);
    assert.equal(readFileSync(built, "utf8"), "program\n");
    assert.ok(!existsSync(buildLog(folder, etcd)));
  });

  it("brings files along from a module, which it downloads: a build may compile nothing of it", async () => {
    const files = { module: "example.org/kinds", paths: ["crds/a.yaml"] };
    const module = join(folder, "module");
    const downloads = `mkdir -p ${module}/crds && echo kind > ${module}/crds/a.yaml && echo '{"Dir":"${module}"}'`;
    await go(
      `case "$*" in "mod download -json ${files.module}") ${downloads};; *) ${WRITES};; esac`,
    );
    await buildTool(folder, { ...etcd, moduleFiles: files });
    const built = builtPath(folder, etcd);
    assert.equal(readFileSync(built, "utf8"), "program\n");
    assert.equal(readFileSync(join(`${built}.files`, "a.yaml"), "utf8"), "kind\n");
  });

  it("keeps the log of a build that fails, and no half a program", async () => {
    await go(`${WRITES}\necho "a.go:1: undefined: x" >&2\nexit 1`);
    const log = buildLog(folder, etcd);
    await assert.rejects(buildTool(folder, etcd), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /undefined: x/);
      assert.ok(error.message.endsWith(log));
      return true;
    });
    assert.match(readFileSync(log, "utf8"), /undefined: x/);
    assert.deepEqual(readdirSync(dirname(builtPath(folder, etcd))), []);
  });

  it("ends when it is interrupted, and leaves no half a program", async () => {
    await go(`${WRITES}\nexec sleep 30`);
    const interrupt = new AbortController();
    const building = buildTool(folder, etcd, interrupt.signal);
    setTimeout(() => {
      interrupt.abort(new UserError("Interrupted."));
    }, 300);
    await assert.rejects(building, /Interrupted\./);
    assert.deepEqual(readdirSync(dirname(builtPath(folder, etcd))), []);
  });

  it("builds what is missing once, though two ask at the same time", async () => {
    await go(`${WRITES}\nsleep 0.3`);
    const options = { cache: folder, say: () => undefined };
    await Promise.all([ensureTools([etcd], options), ensureTools([etcd], options)]);
    assert.equal(builds(), 1);
    const tools = await ensureTools([etcd], options);
    assert.equal(builds(), 1);
    assert.equal(tools.path("etcd"), builtPath(folder, etcd));
  });

  it("says that Go is missing before anything is made", async () => {
    process.env["PATH"] = folder;
    await assert.rejects(
      ensureTools([etcd], { cache: folder, say: () => undefined }),
      /^UserError: Go is not on PATH/,
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("says beforehand how long it takes, and where the tools are kept", () => {
    assert.equal(
      announcement(
        [
          { ...etcd, seconds: 100 },
          { ...etcd, seconds: 200 },
        ],
        "/cache",
      ),
      "2 tools have to be built from source, once: about 5 minutes on two cores, and the download. They are kept in /cache/tools.",
    );
  });
});
