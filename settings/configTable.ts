import { describeKeys } from "./describe";
import { markdownTable } from "./markdownTable";

/** The config keys as a Markdown table. */
export function configTable(): string {
  const rows = describeKeys().map((key) => [
    `\`${key.key}\``,
    key.description,
    key.secret ? `a secret: ${key.allowed}` : key.allowed,
    key.default === undefined ? (key.required ? "**required**" : "") : `\`${key.default}\``,
  ]);
  return markdownTable(["key", "what it is", "allowed", "default"], rows);
}
