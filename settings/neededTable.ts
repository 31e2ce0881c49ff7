import { describeKeys } from "./describe";
import { markdownTable } from "./markdownTable";
import { menderFor } from "./mend";
import { validate } from "./validate";

/**
 * The keys that a stack cannot do without, as a Markdown table: those that the check of a config
 * misses where nothing is set but the platform, in its words of how to set them.
 */
export function neededTable(stack: "home" | "live"): string {
  const raw = { values: { platform: stack, app: {} }, encrypted: new Set<string>() };
  const keys = describeKeys();
  const rows = validate(raw, menderFor(stack)).problems.map(({ key, mend }) => [
    `\`${key}\``,
    keys.find((one) => one.key === key)?.description ?? "",
    `\`${mend}\``,
  ]);
  return markdownTable(["key", "what it is", "set it with"], rows);
}
