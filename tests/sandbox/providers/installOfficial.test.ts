import { deepStrictEqual, match, ok, strictEqual } from "node:assert";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { installOfficial } from "../../../sandbox/providers/installOfficial";
import { BUNDLE, pluginFolder } from "../../../sandbox/providers/installOffline";

describe("The official plugin", () => {
  let home = "";
  const folder = (): string => pluginFolder(home, "any", "1.2.3");

  /** Asks for the plugin of a Pulumi that does what a shell script says. */
  const install = async (script: string): Promise<string | undefined> => {
    const bin = join(home, "bin");
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, "pulumi"), `#!/bin/sh\necho "$@" >> ${home}/calls\n${script}\n`);
    await chmod(join(bin, "pulumi"), 0o755);
    // With a proxy, only Pulumi itself can tell whether the server is to be reached.
    const env = { PATH: `${bin}:/bin:/usr/bin`, HTTPS_PROXY: "http://127.0.0.1:1" };
    return installOfficial({ pulumiHome: home, env, name: "any", version: "1.2.3" });
  };
  const calls = async (): Promise<string[]> => {
    const text = await readFile(join(home, "calls"), "utf8").catch(() => "");
    return text.split("\n").filter((line) => line !== "");
  };
  const layOffline = async (): Promise<void> => {
    await mkdir(folder(), { recursive: true });
    await writeFile(join(folder(), BUNDLE), "");
  };
  const unreachable = 'echo "error: no such host" >&2; exit 1';

  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), "pulumi-home-"));
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it("is installed by Pulumi where it can be, in place of an offline one", async () => {
    await layOffline();
    strictEqual(await install(`mkdir -p "$PULUMI_HOME/plugins/resource-any-v1.2.3"`), undefined);
    deepStrictEqual(await calls(), ["plugin install resource any 1.2.3"]);
    ok(!existsSync(join(folder(), BUNDLE)));
  });

  it("is left alone where it is there", async () => {
    await mkdir(folder(), { recursive: true });
    strictEqual(await install(unreachable), undefined);
    deepStrictEqual(await calls(), []);
  });

  it("is not to be had for the reason that Pulumi gives, which is remembered for an hour", async () => {
    match((await install(unreachable)) ?? "", /no such host/);
    await layOffline();
    match((await install(unreachable)) ?? "", /no such host/);
    strictEqual((await calls()).length, 1);
    const past = new Date(Date.now() - 3_700_000);
    await utimes(join(home, "no-official-any-v1.2.3"), past, past);
    await install(unreachable);
    strictEqual((await calls()).length, 2);
  });
});
