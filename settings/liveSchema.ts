import * as z from "zod";

import { choice, numericPattern, pattern } from "./fields";

/** The cluster in the cloud. */
export const liveSchema = z
  .strictObject({
    region: pattern(/^[a-z]{2}(?:-[a-z]+)+-\d$/, {
      description: "AWS region of the cluster.",
      example: "eu-central-1",
      allowed: "an AWS region",
    }),
    accountId: numericPattern(/^\d{12}$/, {
      description: "AWS account; the stack refuses any other.",
      example: "123456789012",
      allowed: "12 digits",
    }),
    clusterName: pattern(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, {
      description: "EKS cluster that runs the AWS Load Balancer Controller.",
      example: "live",
      allowed: "letters, digits, dashes and underscores, at most 100",
    }),
    certificateArn: pattern(/^arn:aws[\w-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, {
      description: "ACM certificate for the app's host, in the same region.",
      example: "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d",
      allowed: "the ARN of an ACM certificate",
    }),
    scheme: choice("Who reaches the load balancer.", ["internal", "internet-facing"]).default(
      "internal",
    ),
  })
  .meta({ description: "The cluster in the cloud." });
