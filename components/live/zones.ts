import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import type * as pulumi from "@pulumi/pulumi";

import { callOptions } from "../childOptions";
import { refuseLater } from "../refuseLater";

/**
 * Zones that EKS puts no control plane into, by ids, which are the same for every account (EKS user
 * guide, "Amazon EKS networking requirements for VPC and subnets").
 */
const WITHOUT_EKS = ["use1-az3", "usw1-az2", "cac1-az3"];

/**
 * Names of the first zones of the provider's region that EKS runs in: no local zones, and none that
 * an account must opt into.
 *
 * @param component - What needs them, as errors are to name it.
 * @param count - How many are needed; fewer are an error.
 */
export function zoneNames(
  component: string,
  count: number,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string[]> {
  const zones = getAvailabilityZonesOutput(
    {
      state: "available",
      excludeZoneIds: WITHOUT_EKS,
      filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    },
    callOptions(child),
  );
  return zones.names.apply((names) => {
    // The list is one of AWS's making: its order is not promised.
    const sorted = names.toSorted();
    if (sorted.length < count) {
      const allowed = `at most ${String(sorted.length)}, as EKS can be had in ${sorted.join(", ")}`;
      refuseLater(component, [{ key: "zones", given: String(count), allowed }]);
    }
    return sorted.slice(0, count);
  });
}
