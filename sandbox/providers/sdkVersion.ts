import { readFile } from "node:fs/promises";
import { join } from "node:path";

const ROOT = join(__dirname, "..", "..");

/** Version of Pulumi's SDK of a package, such as `aws`, that the program is pinned to. */
export async function sdkVersion(name: string): Promise<string> {
  const text = await readFile(join(ROOT, "package.json"), "utf8");
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  const version = dependencies[`@pulumi/${name}`];
  if (version === undefined) throw new Error(`package.json does not pin @pulumi/${name}.`);
  return version;
}
