const SUFFIXES: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Bytes below which no process starts: where one asks for less, a suffix has been forgotten. */
const LEAST_MEMORY = 4 * 2 ** 20;

/** Cores above zero: whole or to three decimals, or thousandths with an `m`. */
export const CPU_QUANTITY = /^(?=.*[1-9])(?:\d+m|\d+(?:\.\d{1,3})?)$/;
export const CPU_ALLOWED = "cores as a number such as 0.5, or thousandths of one such as 100m";

/** Bytes, without the exponents and the exa sizes nobody writes here. */
export const MEMORY_QUANTITY = /^(\d+(?:\.\d+)?)(k|M|G|T|Ki|Mi|Gi|Ti)?$/;
export const MEMORY_ALLOWED =
  "bytes such as 128Mi, at least 4Mi, with one of k, M, G, T, Ki, Mi, Gi, Ti or nothing";

/**
 * The cores of a Kubernetes quantity of cpu: "100m" is 0.1.
 *
 * @returns undefined where the text is no quantity of cpu above zero.
 */
export function parseCpu(text: string): number | undefined {
  if (!CPU_QUANTITY.test(text)) return undefined;
  return text.endsWith("m") ? Number(text.slice(0, -1)) / 1000 : Number(text);
}

/**
 * The bytes of a Kubernetes quantity of memory: "128Mi" is 134,217,728.
 *
 * @returns undefined where the text is no quantity of memory, or less than 4Mi.
 */
export function parseMemory(text: string): number | undefined {
  const [, digits = "", suffix = ""] = MEMORY_QUANTITY.exec(text) ?? [];
  const bytes = Number(digits) * (SUFFIXES[suffix] ?? 0);
  return bytes >= LEAST_MEMORY ? bytes : undefined;
}
