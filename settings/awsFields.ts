import { Netmask } from "netmask";

import { numberAmong, numericPattern, pattern } from "./fields";

/** Numbers of days for which CloudWatch keeps logs (API reference, PutRetentionPolicy), up to 10 years. */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** An AWS region. */
export const region = (description: string) =>
  pattern(/^[a-z]{2,4}(?:-[a-z]+)+-\d$/, {
    description,
    example: "eu-central-1",
    allowed: "an AWS region",
  });

/** The number of an AWS account. */
export const accountId = (description: string) =>
  numericPattern(/^\d{12}$/, { description, example: "123456789012", allowed: "12 digits" });

/** ARN of something of a service. The rest of the pattern begins after the account. */
export const arn = (
  description: string,
  {
    service,
    rest,
    example,
    what,
  }: { service: string; rest: string; example: string; what: string },
) => {
  const place = service === "iam" ? "" : "[a-z0-9-]+";
  return pattern(new RegExp(`^arn:aws[a-z-]*:${service}:${place}:\\d{12}:${rest}$`), {
    description,
    example: `arn:aws:${service}:${service === "iam" ? "" : "eu-central-1"}:123456789012:${example}`,
    allowed: `the ARN of ${what}`,
  });
};

/** An IAM role or user; not the account's root, which EKS takes for nobody. */
export const principalArn = (description: string, example: string) =>
  arn(description, {
    service: "iam",
    rest: "(?:role|user)/(?:[\\w+=,.@-]+/)*[\\w+=,.@-]{1,64}",
    example,
    what: "an IAM role or user",
  });

/** Id of something of EC2, such as a subnet. */
export const ec2Id = (description: string, kind: string) =>
  pattern(new RegExp(`^${kind}-[0-9a-f]{8,17}$`), {
    description,
    example: `${kind}-0123456789abcdef0`,
    allowed: `${kind}- and up to 17 hexadecimal digits`,
  });

/** A range of IPv4 addresses, by its first one. */
export const cidr = (description: string, example: string) =>
  pattern(
    /^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/,
    {
      description,
      example,
      allowed: "a range of IPv4 addresses by its first one, as address/bits",
    },
    isCidr,
  );

function isCidr(text: string): boolean {
  try {
    return new Netmask(text).toString() === text;
  } catch {
    return false;
  }
}

/** For how long CloudWatch keeps logs. */
export const retentionDays = (description: string) => numberAmong(description, RETENTION_DAYS, 90);

/** Version of an add-on of EKS. */
export const addonVersion = (description: string, example: string) =>
  pattern(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, {
    description,
    example,
    allowed: "a version as EKS writes it, such as " + example,
  });
