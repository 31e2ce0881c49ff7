import { isMet, type Row } from "./row";

const DIGITS = { ratio: 2, ms: 1, s: 1, MiB: 0 } as const;

/** The rows as a table, and beside them those of an earlier run where there is one. */
export async function tableOf(rows: readonly Row[], earlier?: readonly Row[]): Promise<string> {
  const { markdownTable } = await import("markdown-table");
  const head = ["what", "value", "against", "aim", "met", ...(earlier ? ["earlier", "times"] : [])];
  const cells = rows.map((row) => {
    const before = earlier?.find(({ name }) => name === row.name)?.value;
    return [
      row.name,
      written(row, row.value),
      row.against,
      row.aim === undefined ? "" : `at most ${written(row, row.aim)}`,
      { true: "yes", false: "NO", undefined: "" }[String(isMet(row))] ?? "",
      ...(earlier === undefined
        ? []
        : before === undefined
          ? ["", ""]
          : [written(row, before), (row.value / before).toFixed(2)]),
    ];
  });
  return markdownTable([head, ...cells], { align: ["l", "r", "l", "r", "l", "r", "r"] });
}

function written({ unit }: Row, value: number): string {
  const number = value.toFixed(DIGITS[unit]);
  return unit === "ratio" ? `${number} times` : `${number} ${unit}`;
}
