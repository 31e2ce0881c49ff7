import { setTimeout as sleep } from "node:timers/promises";

import { plainError } from "../plainError";
import { askApi, hasAnswered, type ApiAddress } from "./askApi";
import type { CauseName } from "./causes";
import { diagnose, explain } from "./diagnosis";
import { observe, thisMachine, type Machine } from "./observe";

export interface WaitForApiArgs extends ApiAddress {
  /** Range of the VPC that the API is in. */
  vpcCidr: string;
  /** How long to ask before failing; 0 asks once. In seconds. */
  waitSeconds: number;
  /** How long to ask before saying what is waited for, and then again for as long. In seconds. */
  patienceSeconds: number;
  /** Pause between two requests. In seconds. @default 2 */
  intervalSeconds?: number;
  /** Longest that one request may take. In seconds. @default 5 */
  requestSeconds?: number;
  /** Takes what is waited for, each time that it is something else. */
  warn: (message: string) => unknown;
  /** Added to the error, to say what else can be done. @default nothing */
  hint?: string;
  /** @default the one that this runs on */
  machine?: Machine;
}

/**
 * Waits until an API answers.
 *
 * @throws RunError, with the cause and what to do about it, where it does not in time.
 */
export async function waitForApi(args: WaitForApiArgs): Promise<void> {
  const { endpoint, vpcCidr, waitSeconds, patienceSeconds, machine = thisMachine } = args;
  const { intervalSeconds = 1, requestSeconds = 5 } = args;
  const host = new URL(endpoint).hostname.replace(/^\[|\]$/g, "");
  const start = performance.now();
  let told: CauseName | undefined;
  let tellAt = patienceSeconds;

  for (;;) {
    const attempt = await askApi(args, requestSeconds * 1000);
    if (hasAnswered(attempt)) return;
    const waited = (performance.now() - start) / 1000;
    const isOver = waited >= waitSeconds;
    if (isOver || waited >= tellAt) {
      const seen = await observe(host, vpcCidr, attempt, machine);
      if (isOver) throw plainError(failure(args, waited, explain(seen)));
      const cause = diagnose(seen);
      if (cause !== told) await args.warn(notice(args, waited, explain(seen)));
      told = cause;
      tellAt = waited + patienceSeconds;
    }
    await sleep(intervalSeconds * 1000);
  }
}

function failure({ endpoint, hint }: WaitForApiArgs, waited: number, why: string): string {
  const lines = [`The cluster's API has not answered in ${seconds(waited)}: ${endpoint}`, why];
  return [...lines, ...(hint === undefined ? [] : [hint])].join("\n");
}

function notice({ endpoint, waitSeconds }: WaitForApiArgs, waited: number, why: string): string {
  const left = seconds(Math.max(0, waitSeconds - waited));
  return `The cluster's API does not answer yet; waiting for it, ${left} more: ${endpoint}\n${why}`;
}

function seconds(count: number): string {
  return `${String(Math.round(count))} s`;
}
