import type { PolicyDocument } from "../policyDocument";

/** What a router may use, each by name. */
export interface RouterPermissions {
  /** ARN of the SSM parameter with the key to join with. */
  parameterArn: string;
  /** ARN of the KMS key that it is encrypted with. */
  keyArn: string;
  /** Name of the auto scaling group, in the account and region of the parameter. */
  groupName: string;
}

/** All that a router's role may do: read its key, and have itself counted by its group. */
export function routerPolicy(permissions: RouterPermissions): PolicyDocument {
  const { parameterArn, keyArn, groupName } = permissions;
  const [, partition = "", , region = "", account = ""] = parameterArn.split(":");
  const groups = `arn:${partition}:autoscaling:${region}:${account}:autoScalingGroup`;
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ReadKey",
        Effect: "Allow",
        Action: ["ssm:GetParameter"],
        Resource: [parameterArn],
      },
      {
        Sid: "DecryptKey",
        Effect: "Allow",
        Action: ["kms:Decrypt"],
        Resource: [keyArn],
        // For that parameter alone, and only by way of SSM.
        Condition: {
          StringEquals: {
            "kms:ViaService": `ssm.${region}.amazonaws.com`,
            "kms:EncryptionContext:PARAMETER_ARN": parameterArn,
          },
        },
      },
      {
        Sid: "EnterService",
        Effect: "Allow",
        Action: ["autoscaling:CompleteLifecycleAction"],
        // The id in the middle is known only once the group is made, which needs this first.
        Resource: [`${groups}:*:autoScalingGroupName/${groupName}`],
      },
    ],
  };
}
