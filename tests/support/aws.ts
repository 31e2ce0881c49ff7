import type { ProgramOptions } from "./program";

/** What the live platform's parts ask of AWS about where they are. */
export const awsCalls: NonNullable<ProgramOptions["calls"]> = {
  "aws:index/getPartition:getPartition": () => ({ partition: "aws" }),
};

/** What AWS gives to resources beside their inputs. */
export const awsOutputs: NonNullable<ProgramOptions["outputs"]> = {
  "aws:iam/role:Role": (name) => ({
    name: `${name}-role`,
    arn: `arn:aws:iam::123456789012:role/${name}-role`,
  }),
  "aws:cloudwatch/logGroup:LogGroup": (_name, { name }) => ({
    arn: `arn:aws:logs:eu-central-1:123456789012:log-group:${String(name)}`,
  }),
  "aws:kms/key:Key": (name) => ({ arn: `arn:aws:kms:eu-central-1:123456789012:key/${name}` }),
};
