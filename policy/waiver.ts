import * as z from "zod";

import { stackOf } from "./message";
import type { Finding, Rule } from "./rule";

/** With the flags g and y, a pattern goes on where it has been: the same text fits every other time. */
const pattern = z
  .instanceof(RegExp)
  .refine(({ global, sticky }) => !global && !sticky, "must be without the flags g and y");

const waiverSchema = z.strictObject({
  /** Name of the rule. */
  rule: z.string(),
  /** Name of the stack in which it holds; in no other. */
  stack: z.string().min(1),
  /** Pattern for the names of the resources. */
  resource: pattern,
  /** Pattern for what was found. @default whatever it is */
  found: pattern.optional(),
  /** Why, in a sentence. */
  reason: z.string().min(20),
  /** Last day on which it holds, in UTC: YYYY-MM-DD. */
  until: z.iso.date(),
});

/** Lets something be that a rule forbids, for a reason and for a time. */
export type Waiver = Readonly<z.infer<typeof waiverSchema>>;

/**
 * Refuses waivers that are not written in full, or for a rule that is not there, with all that is
 * wrong of them at once.
 */
export function checkWaivers(waivers: readonly unknown[], rules: readonly Rule[]): Waiver[] {
  const names = rules.map(({ name }) => name);
  const schema = z.array(
    waiverSchema.refine(({ rule }) => names.includes(rule), {
      path: ["rule"],
      error: `must be one of ${names.join(", ")}`,
    }),
  );
  const { success, data, error } = schema.safeParse(waivers);
  if (success) return data;
  const lines = error.issues.map(
    ({ path: [index, ...path], message }) =>
      `  waiver ${String(Number(index) + 1)}: ${path.join(".") || "as a whole"}: ${message}`,
  );
  throw new Error(
    `Each waiver in policy/waivers.ts has rule, stack, resource, reason and until (YYYY-MM-DD):\n${lines.join("\n")}`,
  );
}

/** Whether a waiver is about a finding, be it over or not. */
export function isAbout(waiver: Waiver, rule: Rule, { resource, found }: Finding): boolean {
  return (
    waiver.rule === rule.name &&
    waiver.stack === stackOf(resource.urn) &&
    waiver.resource.test(resource.name) &&
    (waiver.found?.test(found) ?? true)
  );
}

/** Whether a waiver still holds on a day. */
export function holds({ until }: Waiver, today: Date): boolean {
  return today.getTime() <= Date.parse(`${until}T23:59:59.999Z`);
}

/** What is added to a violation whose waivers are over. */
export function ended(waivers: readonly Waiver[]): string {
  return waivers
    .map(({ until, reason }) => `\n  A waiver for it ended on ${until}: ${reason}`)
    .join("");
}
