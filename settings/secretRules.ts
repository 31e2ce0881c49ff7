import { isSecretKey } from "./mend";
import type { ConfigProblem } from "./problem";
import type { RuleContext } from "./ruleContext";
import { SECRET_KEYS } from "./schema";

/** A key of Tailscale that is no OAuth client's (kb/1277, key prefixes). */
const OTHER_TAILSCALE_KEY = /^\s*tskey-(?!client-)/;

/** What is a secret must be encrypted, and complete. */
export function secretRules({ raw, mender }: RuleContext): ConfigProblem[] {
  return SECRET_KEYS.filter((key) => key in raw.values).flatMap((key) => {
    const mend = mender.set(key, "");
    if (!raw.encrypted.has(key)) {
      const allowed =
        "an encrypted value; what has been in a file as plain text is to be made anew";
      return [{ key, given: "plain text, which is not shown", allowed, mend }];
    }
    const value = String(raw.values[key]);
    if (key === "tailscaleOauthSecret" && OTHER_TAILSCALE_KEY.test(value)) {
      const given = "a Tailscale key of another kind, which is not shown";
      return [{ key, given, allowed: "the secret of an OAuth client: tskey-client-…", mend }];
    }
    // A kubeconfig is text of many lines, which may well end with one that is empty.
    if (key === "kubeconfig" || value === value.trim()) return [];
    const given =
      value.trim() === "" ? "white space alone" : "a secret with white space before or after it";
    return [{ key, given, allowed: "the secret, with no white space around it", mend }];
  });
}

const SECRETS = new Intl.ListFormat("en-GB", { type: "conjunction" });

/**
 * What is no secret must not be encrypted: the program uses it in plain text, so that what somebody
 * keeps secret there would end in the state and in the output.
 */
export function misplacedSecrets({ raw, mender }: RuleContext): ConfigProblem[] {
  return [...raw.encrypted]
    .filter((key) => !isSecretKey(key))
    .map((key) => ({
      key,
      given: "something encrypted, which is not shown",
      allowed: `plain text: only ${SECRETS.format(SECRET_KEYS)} may be encrypted`,
      mend: `${mender.remove(key)}, and set it again without --secret`,
    }));
}
