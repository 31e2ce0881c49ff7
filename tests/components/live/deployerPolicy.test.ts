import { strict as assert } from "node:assert";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { deployerPolicies } from "../../../components/live/deployerPolicy";
import { CALLS } from "../../support/deployer/allCalls";
import { POLICIES, SCOPE } from "../../support/deployer/calls";
import { decisions } from "../../support/deployer/itAllows";
import { outcome, type Call } from "../../support/iam";

const ROOT = join(__dirname, "../../..");
const STATEMENTS = Object.values(POLICIES).flatMap(({ Statement }) => Statement);

/** Types of AWS' resources, and its functions, that the live platform's code names. */
function namesInCode(): string[] {
  const folder = join(ROOT, "components/live");
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => namesIn(readFileSync(join(folder, file), "utf8")));
  // The component of @pulumi/eks makes one.
  return [...names, "eks.Cluster"];
}

function namesIn(code: string): string[] {
  const modules = code.matchAll(/^import \* as (\w+) from "@pulumi\/aws\/\w+";$/gm);
  const functions = code.matchAll(/^import \{ (get\w+)Output \} from "@pulumi\/aws\/\w+";$/gm);
  return [
    ...[...functions].map(([, name = ""]) => name),
    ...[...modules].flatMap(([, module = ""]) => {
      const used = code.matchAll(
        RegExp(`(?:new ${module}\\.(\\w+)\\()|\\b${module}\\.(get\\w+?)(?:Output)?\\(`, "g"),
      );
      return [...used].map(([, type, call]) => `${module}.${type ?? call ?? ""}`);
    }),
  ];
}

async function someDenied(policy: object, calls: Call[]): Promise<boolean> {
  for (const { action, resource, context = {} } of calls) {
    if ((await outcome([policy], { action, resource, context })) !== "Allowed") return true;
  }
  return false;
}

describe("deployerPolicies", () => {
  it("are known to be enough for every type of AWS' that the live platform has", () => {
    const names = namesInCode();
    for (const name of ["ec2.Vpc", "lb.getHostedZoneId", "lb.getTargetGroup", "getPartition"]) {
      assert.ok(names.includes(name), name);
    }
    assert.deepEqual(
      names.filter((name) => !(name in CALLS)),
      [],
    );
  });

  it("allow nothing that no resource needs", () => {
    const needed = new Set(
      Object.values(CALLS)
        .flat()
        .map(({ action }) => action),
    );
    const allowed = STATEMENTS.flatMap(({ Action }) => Action);
    assert.deepEqual(
      allowed.filter((action) => !needed.has(action)),
      [],
    );
  });

  it("have no statement that could be left out", async () => {
    const calls = Object.values(CALLS).flat();
    for (const left of STATEMENTS) {
      const rest = { Version: "2012-10-17", Statement: STATEMENTS.filter((one) => one !== left) };
      const its = calls.filter(({ action }) => left.Action.includes(action));
      assert.ok(await someDenied(rest, its), left.Sid);
    }
  });

  it("do not allow what would reach beyond the stack", async () => {
    const role = "arn:aws:iam::123456789012:role";
    const results = await decisions([
      { action: "iam:PassRole", resource: `${role}/live-x-1`, context: to("lambda.amazonaws.com") },
      { action: "iam:PassRole", resource: `${role}/live-x-1` },
      {
        action: "iam:AttachRolePolicy",
        resource: `${role}/live-x-1`,
        context: { "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess" },
      },
      { action: "iam:PutRolePolicy", resource: `${role}/deployer` },
      { action: "iam:CreateUser", resource: "arn:aws:iam::123456789012:user/eve" },
      { action: "iam:CreateAccessKey", resource: "arn:aws:iam::123456789012:user/eve" },
      { action: "iam:CreatePolicy", resource: "arn:aws:iam::123456789012:policy/live-x" },
      {
        action: "iam:CreateServiceLinkedRole",
        resource: `${role}/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`,
        context: { "iam:AWSServiceName": "rds.amazonaws.com" },
      },
      { action: "sts:AssumeRole", resource: `${role}/admin` },
      { action: "ec2:RunInstances", resource: ec2("instance/i-1") },
      { action: "ec2:TerminateInstances", resource: ec2("instance/i-1") },
      {
        action: "kms:Decrypt",
        resource: "arn:aws:kms:eu-central-1:123456789012:key/1",
        context: { "aws:ResourceTag/Cluster": "blue" },
      },
      {
        action: "kms:TagResource",
        resource: "arn:aws:kms:eu-central-1:123456789012:key/1",
        context: { "aws:RequestTag/Cluster": "blue", "aws:ResourceTag/Cluster": "green" },
      },
      {
        action: "ec2:CreateTags",
        resource: ec2("security-group/sg-1"),
        context: { "aws:RequestTag/Cluster": "blue", "aws:ResourceTag/Cluster": "green" },
      },
      {
        action: "ec2:AuthorizeSecurityGroupIngress",
        resource: ec2("security-group/sg-1"),
        context: { "aws:ResourceTag/kubernetes.io/cluster/green": "owned" },
      },
      {
        action: "autoscaling:UpdateAutoScalingGroup",
        resource:
          "arn:aws:autoscaling:eu-central-1:123456789012:autoScalingGroup:0f0f:autoScalingGroupName/blue-shop",
      },
      {
        action: "ssm:GetParameter",
        resource: "arn:aws:ssm:eu-central-1:123456789012:parameter/shop/password",
      },
      {
        action: "route53:ChangeResourceRecordSets",
        resource: "arn:aws:route53:::hostedzone/Z2ABCDEFGHIJKL",
        context: { "route53:ChangeResourceRecordSetsNormalizedRecordNames": "www.example.com" },
      },
      {
        action: "route53:DeleteHostedZone",
        resource: "arn:aws:route53:::hostedzone/Z2ABCDEFGHIJKL",
      },
      { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/key" },
    ]);
    assert.deepEqual(
      results.filter((result) => result.startsWith("Allowed")),
      [],
    );
  });

  it("name every action, and say in each statement's name what it is for", () => {
    for (const { Sid, Action } of STATEMENTS) {
      assert.match(Sid, /^[A-Z][A-Za-z]+$/);
      assert.deepEqual(
        Action.filter((action) => action.includes("*")),
        [],
        Sid,
      );
    }
    const names = STATEMENTS.map(({ Sid }) => Sid);
    assert.deepEqual(names, [...new Set(names)]);
  });

  it("have no limit only where AWS takes none: to look, or for what has no name before it is made", () => {
    assert.deepEqual(
      STATEMENTS.filter(({ Resource }) => Resource.includes("*")).map(({ Sid }) => Sid),
      [
        "LookAtNetworks",
        "LookAtGroups",
        "LookForTargetGroups",
        "LookForLogGroups",
        "LookForParameters",
        "ClusterMake",
        "KeysMake",
        "CertificateMake",
      ],
    );
  });

  it("fit into IAM: each has at most 6,144 characters, and a role takes ten", () => {
    for (const [name, policy] of Object.entries(POLICIES)) {
      assert.ok(JSON.stringify(policy).length <= 6144, name);
    }
    assert.ok(Object.keys(POLICIES).length <= 10);
  });

  it("go by the partition", () => {
    const china = JSON.stringify(deployerPolicies({ ...SCOPE, partition: "aws-cn" }));
    assert.ok(!china.includes("arn:aws:"));
  });
});

function ec2(rest: string): string {
  return `arn:aws:ec2:eu-central-1:123456789012:${rest}`;
}

function to(service: string): Record<string, string> {
  return { "iam:PassedToService": service };
}
