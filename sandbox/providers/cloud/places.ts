import type { Place } from "./cloudType";

/** The account that everything is in: one that AWS's own documents use for nobody's. */
export const ACCOUNT_ID = "123456789012";

/** Region where nothing says another one. */
export const REGION = "eu-central-1";

/** A place by its region. */
export function placeIn(region: string): Place {
  return { accountId: ACCOUNT_ID, partition: partitionOf(region), region };
}

/** The DNS names of a partition's services end with this. */
export function dnsSuffix({ partition }: Place): string {
  return partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
}

function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}
