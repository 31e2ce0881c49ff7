import { ec2, named, own, SCOPE } from "./calls";
import { pass } from "./passing";

/** Launching instances by a template of the stack's, as a service does on behalf of who calls it. */
export const LAUNCH = [
  ...own("ec2", "RunInstances", ec2("launch-template")),
  ...["instance", "network-interface", "security-group", "subnet", "volume"].flatMap((kind) =>
    named("ec2", "RunInstances", ec2(kind), { "ec2:LaunchTemplate": ec2("launch-template") }, [
      SCOPE.region,
      "us-east-1",
    ]),
  ),
  ...["image/ami-1", "snapshot/snap-1"].flatMap((image) =>
    named(
      "ec2",
      "RunInstances",
      `arn:aws:ec2:${SCOPE.region}::${image}`,
      { "ec2:LaunchTemplate": ec2("launch-template") },
      [SCOPE.region, "us-east-1"],
    ),
  ),
  ...["instance", "volume"].flatMap((kind) =>
    named("ec2", "CreateTags", ec2(kind), { "ec2:CreateAction": "RunInstances" }, [
      SCOPE.region,
      "us-east-1",
    ]),
  ),
  ...pass("ec2.amazonaws.com"),
];
