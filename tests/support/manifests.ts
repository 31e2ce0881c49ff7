import { unwrap, type ProgramResult } from "./program";

/** The Kubernetes objects that a program asks for, as they would be applied. */
export function manifestsOf({ resources }: ProgramResult): object[] {
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm"))
    .map(({ inputs }) => revealed(inputs) as object);
}

/** A value without the marks of secrets in it. */
export function revealed(value: unknown): unknown {
  const inner = unwrap(value);
  if (Array.isArray(inner)) return inner.map(revealed);
  if (typeof inner !== "object" || inner === null) return inner;
  return Object.fromEntries(Object.entries(inner).map(([key, field]) => [key, revealed(field)]));
}
