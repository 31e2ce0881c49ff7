import { UNKNOWN, type Value, type Values } from "./inputs";

/**
 * A resource's properties as plain data. The SDK throws at each look at what is not known yet, and
 * would give up the whole rule for it: here it is marked, and everything else is judged.
 */
export function plain(props: Readonly<Record<string, unknown>>): Values {
  return Object.fromEntries(Object.keys(props).map((key) => [key, read(props, key)]));
}

function read(holder: Readonly<Record<string, unknown>>, key: string): Value {
  let value: unknown;
  try {
    value = holder[key];
  } catch (error) {
    if (error instanceof Error && error.message.endsWith("can't be known during preview")) {
      return UNKNOWN;
    }
    throw error;
  }
  if (typeof value !== "object" || value === null) return value as Value;
  const inner = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(value)) return plain(inner);
  return Object.keys(inner).map((index) => read(inner, index));
}
