import * as z from "zod";

import { problemsOf, type RawConfig } from "./issues";
import { lastFirst } from "./lastFirst";
import type { Mender } from "./mend";
import type { ConfigProblem } from "./problem";
import type { Draft } from "./ruleContext";
import { concernsLive, ruleProblems } from "./rules";
import { configSchema, type Config } from "./schema";

/** A config, or what is wrong with it: never both empty. */
export interface Validation {
  config?: Config;
  problems: ConfigProblem[];
}

/** Checks a stack's whole config and finds everything that is wrong, key by key, each key once. */
export function validate(raw: RawConfig, mender: Mender): Validation {
  let draft: Draft = {};
  // Runs also where keys are wrong, and sees the values with their defaults filled in.
  const seen = z.superRefine<Draft>(
    (value) => {
      draft = value;
    },
    { when: () => true },
  );
  const result = configSchema.check(seen).safeParse(withSections(raw.values));
  const ofKeys = (result.error?.issues ?? []).flatMap((issue) => problemsOf(issue, raw, mender));
  const wrong = new Set(ofKeys.map(({ key }) => key));
  const problems = [...ofKeys, ...ruleProblems(draft, raw, mender, wrong)];
  return {
    ...(result.success && { config: result.data }),
    problems: lastFirst(
      problems.filter(
        ({ key }, index) => problems.findIndex((first) => first.key === key) === index,
      ),
    ),
  };
}

/**
 * Adds, empty, the sections that the config needs, so that the schema names what they lack; and
 * takes out that of the other platform, of which it is enough to say that it is in the wrong place.
 */
function withSections(values: Record<string, unknown>): Record<string, unknown> {
  const { platform = "home", home, live } = values;
  if (concernsLive(values)) return { ...values, home: undefined, live: live ?? {} };
  if (platform !== "home") return values;
  return { ...values, live: undefined, home: isSection(home ?? {}) ? withHome(home) : home };
}

function withHome(home: unknown): Draft {
  const section = { ...(home as Draft | undefined) };
  if (section["clusterIssuer"] !== undefined) return section;

  const dns = section["dns"] ?? {};
  const provider = isSection(dns) ? dns["provider"] : undefined;
  const needsOwnSection = isSection(dns) && (provider === "route53" || provider === "rfc2136");
  return {
    ...section,
    acme: section["acme"] ?? {},
    dns: needsOwnSection ? { ...dns, [provider]: dns[provider] ?? {} } : dns,
  };
}

function isSection(value: unknown): value is Draft {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
