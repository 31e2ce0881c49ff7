import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
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
  const logGroup = new cloudwatch.LogGroup(
    `${name}-flow-logs`,
    { name: `/aws/vpc/${clusterName}/flow-logs`, retentionInDays: retentionDays },
    child,
  );
  const role = new iam.Role(
    `${name}-flow-logs`,
    {
      description: `Flow logs of the VPC of ${clusterName}`,
      assumeRolePolicy: logGroup.arn.apply((arn) => JSON.stringify(trustFor(arn))),
    },
    child,
  );
  const policy = new iam.RolePolicy(
    `${name}-flow-logs`,
    { role: role.name, policy: logGroup.arn.apply((arn) => JSON.stringify(writingTo(arn))) },
    child,
  );
  new ec2.FlowLog(
    name,
    {
      vpcId,
      trafficType: "ALL",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: clusterName },
    },
    // Without its rights, the first logs would be lost.
    pulumi.mergeOptions(child, { dependsOn: policy }),
  );
}

/** Taken for flow logs of the log group's own account and region only (confused deputy). */
function trustFor(logGroupArn: string): object {
  const [, partition, , region, account] = logGroupArn.split(":");
  const place = [partition, "ec2", region, account].join(":");
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${place}:vpc-flow-log/*` },
        },
      },
    ],
  };
}

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
      // It takes no resource (service authorization reference).
      { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    ],
  };
}
