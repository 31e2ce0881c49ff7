import { markdownTable } from "../../settings/markdownTable";
import { ACCEPTED } from "./accepted";

/** What is accepted of what scanners find, as a table in Markdown. */
export function acceptedTable(): string {
  const rows = ACCEPTED.map(({ object, scanner, check, stacks, reason }) => [
    object,
    `${scanner}: \`${check}\``,
    stacks.join(", "),
    reason,
  ]);
  return markdownTable(["object", "finding", "stacks", "why it stands"], rows);
}
