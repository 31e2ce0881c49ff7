import { setTimeout as sleep } from "node:timers/promises";

import { plainError } from "../../plainError";
import { ApiTrouble, type CertificateApi } from "./api";
import { set, type CertificatePlace } from "./causes";
import { again, isIssued, stateOf, type CertificateState } from "./state";
import type { CertificateObjects } from "./objects";
import { makeWay, tryAgain } from "./tryAgain";
import { explain } from "./trouble";

export interface CertificateWaitArgs {
  place: CertificatePlace;
  /** How long to wait before failing. In seconds. */
  waitSeconds: number;
  /**
   * How long to wait before saying what for, and before failing for what waiting does not mend. In
   * seconds.
   *
   * @default 15
   */
  patienceSeconds?: number;
  /** Pause between two looks at the cluster. In seconds. @default 3 */
  intervalSeconds?: number;
  api: CertificateApi;
  log: WaitLog;
}

/** Takes what there is to say while one waits. */
export interface WaitLog {
  info: (message: string) => unknown;
  warn: (message: string) => unknown;
}

/**
 * Waits until a host has its certificate. Where cert-manager pauses after earlier failures, it is had
 * try now, once: whoever runs an update has mended what was wrong, or wants to see whether it is. And
 * what an earlier DNS provider or host has left behind is had make way.
 *
 * @throws RunError, with the reason and what to do about it, where there is none in time; earlier
 * where cert-manager does not try again before that time is over.
 */
export async function waitForCertificate(args: CertificateWaitArgs): Promise<void> {
  const { place, waitSeconds, patienceSeconds = 15, intervalSeconds = 3, api, log } = args;
  const start = performance.now();
  let hasTriedAgain = false;
  let told: string | undefined;
  let hopelessSince: number | undefined;

  for (;;) {
    const seen = await look(api);
    if (!(seen instanceof ApiTrouble)) {
      const isWanted = !isIssued(seen, place);
      const help = isWanted && !hasTriedAgain ? tryAgain : makeWay;
      hasTriedAgain ||= isWanted;
      for (const done of await help(seen, place, api)) await log.info(done);
    }
    const state = seen instanceof ApiTrouble ? stateBy(seen, place) : stateOf(seen, place);
    if (state.isThere) {
      for (const warning of state.warnings) await log.warn(warning);
      return;
    }
    const waited = (performance.now() - start) / 1000;
    const left = waitSeconds - waited;
    hopelessSince = isHopeless(state, left) ? (hopelessSince ?? waited) : undefined;
    if (left <= 0 && state.isServed === true) return;
    const isStuck = hopelessSince !== undefined && waited - hopelessSince >= patienceSeconds;
    const why = explain(state.trouble, again(place, state.pauseEnd, state.isLimited));
    if (left <= 0 || isStuck) {
      throw plainError(
        `No certificate for https://${place.host} after ${seconds(waited)}.\n${why}`,
      );
    }
    if (waited >= patienceSeconds && state.trouble.is !== told) {
      told = state.trouble.is;
      const first = `Waiting for the certificate of https://${place.host}, ${seconds(left)} more at most.`;
      const say = state.trouble.isUsual === true ? log.info : log.warn;
      await say(`${first}\n${why}`);
    }
    await sleep(Math.min(intervalSeconds, left) * 1000);
  }
}

async function look(api: CertificateApi): Promise<CertificateObjects | ApiTrouble> {
  try {
    return await api.read();
  } catch (error) {
    if (error instanceof ApiTrouble) return error;
    throw error;
  }
}

/** What is to be said where the API does not tell how far the certificate is. */
function stateBy({ kind, message }: ApiTrouble, place: CertificatePlace): CertificateState {
  const { host, namespace, certificateName } = place;
  if (kind === "forbidden") {
    const off = set("home.certificateWaitSeconds", "0");
    const warning = `Whether https://${host} has its certificate is not known: the kubeconfig's user may not list certificates in namespace ${namespace}. Let it, or have nobody wait: ${off}`;
    return { isThere: true, warnings: [warning] };
  }
  const command = `kubectl --namespace ${namespace} get certificate ${certificateName}`;
  if (kind === "missing") {
    const is = "cert-manager is not installed: the cluster does not have its kinds";
    const mend = set("home.certManager.install", "true");
    return { isThere: false, isHopeless: true, trouble: { is, mend, look: command } };
  }
  const is = `the cluster's API does not tell: ${message}`;
  const mend = "see that the cluster runs and that this machine reaches it, then run pulumi up";
  return { isThere: false, trouble: { is, mend, look: command } };
}

/** Whether nothing comes of waiting, as far as one can see now. */
function isHopeless(state: CertificateState & { isThere: false }, left: number): boolean {
  return state.isHopeless ?? (state.pauseEnd ?? 0) > Date.now() + left * 1000;
}

function seconds(count: number): string {
  return `${String(Math.round(count))} s`;
}
