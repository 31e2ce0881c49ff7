/** A table as Markdown has it; a `|` in a cell is text. */
export function markdownTable(heads: readonly string[], rows: readonly string[][]): string {
  return [heads, heads.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}
