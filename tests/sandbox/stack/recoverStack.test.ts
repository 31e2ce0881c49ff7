import { strict as assert } from "node:assert";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

import { recoverStack } from "../../../sandbox/stack/recoverStack";

const CANCEL = "cancel --yes --stack home";
const EXPORT = "stack export --stack home";
const REFRESH = "refresh --yes --skip-preview --clear-pending-creates --stack home";

describe("recoverStack", () => {
  let backend = "";
  let commands: string[];
  let said: string[];

  /** Recovers the stack home, of whose state the engine knows some pending operations. */
  const recover = (...pending: { type: string; resource: { urn: string } }[]): Promise<boolean> => {
    const engine = {
      folders: { project: "", backend, passphrase: "", bin: "", policy: "" },
      read: (args: readonly string[]) => {
        commands.push(args.join(" "));
        return Promise.resolve(JSON.stringify({ deployment: { pending_operations: pending } }));
      },
      show: (args: readonly string[]) => {
        commands.push(args.join(" "));
        return Promise.resolve();
      },
    };
    return recoverStack(engine, "home", { say: (line) => said.push(line) });
  };
  const lock = async (
    id: string,
    pid: number,
    host = hostname(),
    stack = "home",
  ): Promise<void> => {
    const folder = join(backend, ".pulumi", "locks", "organization", "k8s-test", stack);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `${id}.json`), JSON.stringify({ pid, hostname: host }));
    await writeFile(join(folder, `${id}.json.attrs`), "{}");
  };

  beforeEach(async () => {
    backend = await mkdtemp(join(tmpdir(), "k8s-test-backend-"));
    commands = [];
    said = [];
  });
  afterEach(() => rm(backend, { recursive: true }));

  it("leaves a stack alone that nobody was cut off at", async () => {
    assert.equal(await recover(), false);
    assert.deepEqual(commands, [EXPORT]);
    assert.deepEqual(said, []);
  });

  it("removes the lock of an engine that is gone, though another program has its number now", async () => {
    await lock("a", process.pid);
    assert.equal(await recover(), false);
    assert.deepEqual(commands, [CANCEL, EXPORT]);
    assert.match(said.join(), new RegExp(`process ${String(process.pid)}\\) was killed; its lock`));
  });

  it("leaves the lock of an engine that runs, or of which nobody can tell", async () => {
    const pulumi = join(backend, "pulumi");
    await symlink("/bin/sleep", pulumi);
    const engine = spawn(pulumi, ["20"]);
    await once(engine, "spawn");
    await lock("a", Number(engine.pid));
    await lock("b", process.pid);
    await recover();
    assert.deepEqual(commands, [EXPORT]);
    engine.kill();
    await once(engine, "exit");
    await lock("c", process.pid, "elsewhere");
    await recover();
    assert.deepEqual(commands, [EXPORT, EXPORT]);
  });

  it("leaves the locks of other stacks", async () => {
    await lock("a", process.pid, hostname(), "live");
    await recover();
    assert.deepEqual(commands, [EXPORT]);
  });

  it("refreshes where something was being created, and says what", async () => {
    const urn = "urn:pulumi:home::k8s-test::my:app:App$kubernetes:apps/v1:Deployment::httpbin";
    assert.equal(await recover({ type: "creating", resource: { urn } }), true);
    assert.deepEqual(commands, [EXPORT, REFRESH]);
    assert.match(
      said.join(),
      /while it created kubernetes:apps\/v1:Deployment httpbin: the state is/,
    );
    assert.equal(await recover({ type: "updating", resource: { urn } }), false);
  });
});
