import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run } from "../../../host/run";
import { isInstalled } from "../../../host/tools";
import { bundle } from "../../../sandbox/providers/bundle";
import { cannotRunContainers } from "../../support/machine";
import { skip } from "../../support/reporter";

describe("the folder in which namespaces have names", () => {
  let folder: string;
  let program: string;

  before(async function () {
    const cannot = cannotRunContainers();
    if (cannot !== undefined) skip(this, cannot);
    if (!(await isInstalled("ip"))) skip(this, "needs iproute2");
    folder = await mkdtemp(join(tmpdir(), "k8s-test-names-"));
    program = join(folder, "program.cjs");
    const source = join(__dirname, "../../support/namespaceProgram.ts");
    await writeFile(program, await bundle(source, {}));
  });
  after(async () => {
    if (folder as string | undefined) await rm(folder, { recursive: true });
  });

  /** What is said after each step, on a machine whose namespaces have no names yet. */
  async function steps(before: string, ...steps: string[]): Promise<string[]> {
    // A mount that is hidden is listed all the same: that of the machine's own names has to go.
    const script = `umount --lazy /run/netns 2>/dev/null
      mount -t tmpfs of-a-test /run && ${before} && exec "$0" "$@"`;
    const command = ["sh", "-c", script, process.execPath, program, ...steps];
    const alone = ["--mount", "--propagation", "private", "--"];
    return (await run("unshare", [...alone, ...command])).trim().split("\n");
  }

  it("goes with the last of the names, whoever made it with the first", async () => {
    assert.deepEqual(await steps("true", "+one", "+two", "-one", "-two", "+three", "-three"), [
      "+one k8s-test",
      "+two k8s-test",
      "-one k8s-test",
      "-two nothing",
      "+three k8s-test",
      "-three nothing",
    ]);
  });

  it("is one for all that begin in the same moment", async () => {
    const names = ["one", "two", "three", "four"];
    const atOnce = names.map((name) => `"$0" "$1" +${name} >&2 &`).join(" ");
    const all = await steps(`{ ${atOnce} wait; }`, ...names.map((name) => `-${name}`));
    assert.deepEqual(all, ["-one k8s-test", "-two k8s-test", "-three k8s-test", "-four nothing"]);
  });

  it("goes where the last name has been deleted by hand", async () => {
    const byHand = "ip netns delete one";
    const all = await steps(`{ "$0" "$1" +one && ${byHand}; }`, "-one");
    assert.deepEqual(all, ["+one k8s-test", "-one nothing"]);
  });

  it("stays where another program has made it", async () => {
    const all = await steps("ip netns add other && ip netns delete other", "+one", "-one");
    assert.deepEqual(all, ["+one of-a-test", "-one of-a-test"]);
  });

  it("stays as long as another program has a name in it", async () => {
    const byOther = "ip netns add other";
    const all = await steps(`{ "$0" "$1" +one && ${byOther}; }`, "-one");
    assert.deepEqual(all, ["+one k8s-test", "-one k8s-test"]);
  });
});
