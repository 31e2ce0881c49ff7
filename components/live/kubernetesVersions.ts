import type { Problem } from "../problem";

/**
 * The releases that EKS supports at no extra price, and the day on which that ends: from the release
 * calendar in the EKS user guide. After it, a cluster of the policy STANDARD is upgraded by AWS.
 */
export const STANDARD_SUPPORT: Readonly<Record<string, string>> = {
  "1.34": "2026-12-02",
  "1.35": "2027-03-27",
  "1.36": "2027-08-02",
};

/**
 * What is wrong with a Kubernetes release for a cluster. A release that is newer than the table is
 * taken: the table is older than it, and AWS knows.
 *
 * @param version - Such as `1.36`.
 * @param today - Date against which the end of support is held.
 */
export function kubernetesVersionProblems(version: string, today: Date): Problem[] {
  const newest = Object.keys(STANDARD_SUPPORT).at(-1) ?? "";
  const end = STANDARD_SUPPORT[version];
  const isSupported = end !== undefined && new Date(end) > today;
  if (isSupported || minorOf(version) > minorOf(newest)) return [];
  const given = end === undefined ? version : `${version}, whose standard support ended on ${end}`;
  const known = Object.entries(STANDARD_SUPPORT).map(([release, day]) => `${release} until ${day}`);
  const allowed = `a release in standard support: ${known.join(", ")}, or a newer one`;
  return [{ key: "version", given, allowed, suggestion: newest }];
}

function minorOf(version: string): number {
  return Number(/^1\.(\d+)$/.exec(version)?.[1] ?? -1);
}
