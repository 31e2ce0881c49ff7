import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface FlowLogsArgs {
  clusterName: string;
  vpcId: pulumi.Input<string>;
  /** Days for which they are kept: one of the numbers that CloudWatch takes. */
  retentionDays: number;
}

/** A record of every connection of a VPC, in a log group that goes with the stack. */
export function flowLogs(
  name: string,
  { clusterName, vpcId, retentionDays }: FlowLogsArgs,
  child: pulumi.CustomResourceOptions,
): void {
  const logGroup = new aws.cloudwatch.LogGroup(
    `${name}-flow-logs`,
    { name: `/aws/vpc/${clusterName}/flow-logs`, retentionInDays: retentionDays },
    child,
  );
  const role = new aws.iam.Role(
    `${name}-flow-logs`,
    { name: `${clusterName}-flow-logs`, assumeRolePolicy: JSON.stringify(TRUST) },
    child,
  );
  const policy = new aws.iam.RolePolicy(
    `${name}-flow-logs`,
    { role: role.name, policy: logGroup.arn.apply((arn) => JSON.stringify(writingTo(arn))) },
    child,
  );
  new aws.ec2.FlowLog(
    name,
    {
      vpcId,
      trafficType: "ALL",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: clusterName },
    },
    // Without its rights, the first logs would be lost.
    { ...child, dependsOn: policy },
  );
}

const TRUST = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
    },
  ],
};

/** Writes to the streams of one log group, which exists, and reads nothing. */
function writingTo(logGroupArn: string): object {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: `${logGroupArn}:*`,
      },
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ],
  };
}
