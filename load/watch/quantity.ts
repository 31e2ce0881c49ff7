const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * The number of a Kubernetes quantity, as the API server spells it: "120Mi" is 125,829,120, "1500m"
 * is 1.5. NaN where the text is none.
 */
export function quantity(text: string): number {
  const [, digits = "", exponent = "", suffix = ""] =
    /^([+-]?[\d.]+)([eE][+-]?\d+)?([A-Za-z]*)$/.exec(text) ?? [];
  return digits === "" ? NaN : Number(digits + exponent) * (SUFFIXES[suffix] ?? NaN);
}
