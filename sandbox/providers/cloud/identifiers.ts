import { createHash } from "node:crypto";

import type { Place } from "./cloudType";

/** Hexadecimal digits that are always the same for the same seed. */
export function hex(seed: string, length: number): string {
  return createHash("sha256").update(seed).digest("hex").slice(0, length);
}

/** An id as EC2 gives them, such as `vpc-0123456789abcdef0`. */
export function ec2Id(prefix: string, seed: string): string {
  return `${prefix}-0${hex(`${prefix} ${seed}`, 16)}`;
}

/** An id of IAM, such as `AROA…`: the prefix and capitals. */
export function iamId(prefix: string, seed: string): string {
  return prefix + hex(`${prefix} ${seed}`, 17).toUpperCase();
}

/** A UUID. */
export function uuid(seed: string): string {
  const digits = hex(seed, 32);
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** An IPv4 address below two given numbers, such as 52.29. */
export function address(prefix: string, seed: string): string {
  const [a = 0, b = 0] = createHash("sha256").update(seed).digest();
  return `${prefix}.${String(a)}.${String(b)}`;
}

/** The ARN of something in a region. */
export function arn(
  { partition, region, accountId }: Place,
  service: string,
  rest: string,
): string {
  return `arn:${partition}:${service}:${region}:${accountId}:${rest}`;
}

/** The ARN of something that is the same in all regions. */
export function globalArn({ partition, accountId }: Place, service: string, rest: string): string {
  return `arn:${partition}:${service}::${accountId}:${rest}`;
}
