import type { ProgramOptions } from "./program";

const ACCOUNT = "123456789012";

/** What AWS and Tailscale say of the parts of a router, once these are made. */
export const ROUTER_OUTPUTS: NonNullable<ProgramOptions["outputs"]> = {
  "tailscale:index/oauthClient:OauthClient": () => ({ key: "tskey-client-k1-s1" }),
  "aws:kms/key:Key": () => ({ arn: `arn:aws:kms:eu-central-1:${ACCOUNT}:key/k1` }),
  "aws:ssm/parameter:Parameter": (_, inputs) => ({
    arn: `arn:aws:ssm:eu-central-1:${ACCOUNT}:parameter${String(inputs["name"])}`,
  }),
  "aws:iam/role:Role": (name) => ({ name: `${name}-1a2b3c4` }),
  "aws:iam/instanceProfile:InstanceProfile": (name) => ({
    arn: `arn:aws:iam::${ACCOUNT}:instance-profile/${name}-1a2b3c4`,
  }),
  "aws:ec2/launchTemplate:LaunchTemplate": () => ({ latestVersion: 7 }),
};
