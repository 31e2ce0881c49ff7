import { at, given, is, parsed, UNKNOWN } from "../inputs";
import type { ResourceRule } from "../rule";

/** Network policies do something. */
export const networkPolicyEnabled: ResourceRule = {
  name: "network-policy-enabled",
  demands: "The VPC CNI of an EKS cluster enforces network policies.",
  why: "without it they are accepted, and let everything through",
  allowed: 'configurationValues with "enableNetworkPolicy": "true"',
  mend: () => "say it where the add-on is made: components/live/addons.ts",
  cis: ["4.3.1", "5.4.4"],
  types: ["aws:eks/addon:Addon"],
  judge: ({ inputs }) => {
    const values = at(inputs, "configurationValues");
    if (!is(at(inputs, "addonName"), "vpc-cni") || values === UNKNOWN) return [];
    const enabled = at(parsed(values), "enableNetworkPolicy");
    return is(enabled, true) ? [] : [given("enableNetworkPolicy", enabled)];
  },
};
