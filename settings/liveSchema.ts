import * as z from "zod";

import { accountId, principalArn, region } from "./awsFields";
import { pattern } from "./fields";
import { liveClusterSchemas } from "./liveClusterSchema";
import { liveEdgeSchemas } from "./liveEdgeSchema";
import { liveNetworkSchema } from "./liveNetworkSchema";

/** The cluster in the cloud. */
export const liveSchema = z
  .strictObject({
    region: region("AWS region of the cluster."),
    accountId: accountId("AWS account; the stack refuses any other."),
    clusterName: pattern(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, {
      description: "Name of the EKS cluster, with which the names of all around it begin.",
      example: "live",
      allowed: "letters, digits and dashes, a letter first, at most 40",
    }).default("live"),
    deployerRoleArn: principalArn(
      "IAM role or user that runs the stack; without it, whoever runs it.",
      "role/deployer",
    ).optional(),
    network: liveNetworkSchema,
    ...liveClusterSchemas,
    ...liveEdgeSchemas,
  })
  .meta({ description: "The cluster in the cloud, and what is around it." });
