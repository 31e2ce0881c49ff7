import type { ProgramOptions } from "./program";

/** Address ranges of the subnets of a cluster that is there, by id. */
export const SUBNETS: Readonly<Record<string, string>> = {
  "subnet-a": "10.0.0.0/24",
  "subnet-b": "10.0.1.0/24",
};

/** Answers to what the live platform asks of AWS about a cluster that is there. */
export const liveCalls: NonNullable<ProgramOptions["calls"]> = {
  "aws:eks/getCluster:getCluster": ({ name }) => ({
    arn: `arn:aws:eks:eu-central-1:123456789012:cluster/${String(name)}`,
    endpoint: "https://0123456789abcdef.example.com",
    certificateAuthorities: [{ data: "Q0E=" }],
    vpcConfig: { vpcId: "vpc-1" },
  }),
  "aws:ec2/getSubnets:getSubnets": () => ({ ids: Object.keys(SUBNETS) }),
  "aws:ec2/getSubnet:getSubnet": ({ id }) => ({ cidrBlock: SUBNETS[String(id)] }),
};
