/** A number of things in words: "1 pod", "4 pods". */
export function count(number: number, what: string): string {
  return `${String(number)} ${what}${number === 1 ? "" : "s"}`;
}
