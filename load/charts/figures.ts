const MINUTE = 60;

/** A time of the run, such as "38 s" or "12 min 5 s". */
export function seconds(value: number): string {
  const whole = Math.round(value);
  const sign = whole < 0 ? "−" : "";
  const amount = Math.abs(whole);
  if (amount < 2 * MINUTE) return `${sign}${String(amount)} s`;
  const rest = amount % MINUTE;
  const minutes = `${sign}${String(Math.floor(amount / MINUTE))} min`;
  return rest === 0 ? minutes : `${minutes} ${String(rest)} s`;
}

/** How long something short took, such as "6.1 s". */
export function shortSeconds(value: number): string {
  return `${value.toFixed(1)} s`;
}

/** A number as people read it: "52,310", and one decimal below ten, "2.4". */
export function number(value: number): string {
  return value.toLocaleString("en-US", {
    maximumFractionDigits: Math.abs(value) < 10 ? 1 : 0,
  });
}

/** A count with its thing: "1 pod", "4 pods". */
export function count(value: number, thing: string): string {
  return `${number(value)} ${thing}${value === 1 ? "" : "s"}`;
}

/** Things of a list in a sentence: "a", "a and b", "a, b and c". */
export function inWords(items: readonly string[]): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} and ${last}`;
}
