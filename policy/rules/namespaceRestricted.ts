import { at, given, is, mapAt, UNKNOWN } from "../inputs";
import type { ResourceRule } from "../rule";

const LABEL = "pod-security.kubernetes.io/enforce";

/** A namespace refuses pods that ask for more, whoever makes them. */
export const namespaceRestricted: ResourceRule = {
  name: "namespace-restricted",
  demands: "A namespace that a stack makes enforces the profile restricted of Pod Security.",
  why: "a rule about this program's pods does not hold for those of others",
  allowed: `the label ${LABEL} with restricted`,
  mend: () => "give it RESTRICTED_NAMESPACE_LABELS of components/httpbin/podSecurity.ts",
  cis: ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"],
  types: ["kubernetes:core/v1:Namespace"],
  judge: ({ inputs }) => {
    if (at(inputs, "metadata.labels") === UNKNOWN) return [];
    // The name of the label has dots of its own.
    const level = mapAt(inputs, "metadata.labels")[LABEL];
    return is(level, "restricted") ? [] : [given(LABEL, level)];
  },
};
