/** What instances are made by, or from, without a launch template. */
export const INSTANCES: readonly string[] = [
  "aws:ec2/instance:Instance",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest",
];
