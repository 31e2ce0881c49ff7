import { strict as assert } from "node:assert";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

import { run } from "../../../host/run";
import { Engine, type EngineOptions } from "../../../sandbox/stack/engine";

describe("Engine", () => {
  let folder: string;

  /** An engine whose programs are one file that does nothing. */
  const engine = async (options?: EngineOptions): Promise<Engine> => {
    const program = join(folder, "program");
    await writeFile(program, "#!/bin/sh\n", { mode: 0o755 });
    const tools = { path: () => program, files: () => [], remarks: [] };
    return Engine.in(join(folder, "engine"), tools, options);
  };
  const execute = async (made: Engine, script: string): Promise<string> => {
    const [program, ...args] = made.command("sh", "-c", script);
    return (await run(program, args, made.setting)).trim();
  };

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "k8s-test-engine-")));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("runs what it is told in its project, where this process is", async () => {
    const made = await engine();
    assert.deepEqual(made.command("kubectl", "get", "pods"), ["kubectl", "get", "pods"]);
    assert.equal(await execute(made, "pwd"), made.folders.project);
  });

  it("runs it at another standpoint, which has programs of its own behind all others", async () => {
    // As one that is entered does: it takes a folder, and then what is to be run there.
    const enter = ["sh", "-c", 'cd "$1" && shift && ENTERED=yes exec "$@"', "sh"];
    const standpoint = { enter, path: ["/there/bin"] };
    const made = await engine({ standpoint });
    assert.equal(await execute(made, 'echo "$PWD $ENTERED"'), `${made.folders.project} yes`);
    const path = (made.env["PATH"] ?? "").split(delimiter);
    assert.equal(path.at(-1), "/there/bin");
    assert.equal(path.filter((one) => one === "/there/bin").length, 1);
  });
});
