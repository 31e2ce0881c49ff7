import { readdirSync } from "node:fs";
import { join } from "node:path";

const CONFIG = join(__dirname, "..", "fixtures", "config");

/** A stack file of the fixtures. */
export interface Fixture {
  /** What is right or wrong with it. */
  reason: string;
  folder: string;
  /** Path of its `Pulumi.STACK.yaml`. */
  stackFile: string;
}

/** The stack files that must pass, or those that must fail. */
export function fixtures(kind: "valid" | "invalid"): Fixture[] {
  return readdirSync(join(CONFIG, kind)).map((reason) => {
    const folder = join(CONFIG, kind, reason);
    const file = readdirSync(folder).find((name) => name.startsWith("Pulumi."));
    if (file === undefined) throw new Error(`No stack file in ${folder}.`);
    return { reason, folder, stackFile: join(folder, file) };
  });
}
