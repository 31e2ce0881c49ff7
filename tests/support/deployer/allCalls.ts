import type { DeployerCall } from "./calls";
import { clusterCalls } from "./clusterCalls";
import { ingressCalls } from "./ingressCalls";
import { instanceCalls } from "./instanceCalls";
import { lookCalls } from "./lookCalls";
import { networkCalls } from "./networkCalls";
import { roleCalls } from "./roleCalls";

/**
 * The calls that the AWS provider makes for each type of the live stack's resources, and for each of
 * its functions: to make it, read it, change it and delete it.
 */
export const CALLS: Readonly<Record<string, DeployerCall[]>> = {
  ...networkCalls,
  ...clusterCalls,
  ...roleCalls,
  ...instanceCalls,
  ...ingressCalls,
  ...lookCalls,
};
