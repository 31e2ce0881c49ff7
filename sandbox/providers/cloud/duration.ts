const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

/**
 * Seconds of a duration as Go writes it, such as `1m30s`.
 *
 * @throws Error where it is none.
 */
export function durationSeconds(text: string): number {
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$|^0$/.test(text)) {
    throw new Error(
      `"${text}" is no duration: numbers with h, m, s or ms are, such as 90s or 1m30s.`,
    );
  }
  const parts = [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (SECONDS[unit] ?? 0), 0);
}
