import { ApiTrouble, type CertificateApi } from "./api";
import type { CertificatePlace } from "./causes";
import {
  challengesOf,
  conditionOf,
  isForCertificate,
  isLeaving,
  ownedBy,
  requestOf,
  type Challenge,
  type CertificateObjects,
  type Order,
} from "./objects";

/** cert-manager's pause after an issuance that failed, which it doubles with each that follows. */
const FIRST_PAUSE_MS = 60 * 60 * 1000;
const LONGEST_PAUSE_MS = 32 * FIRST_PAUSE_MS;

/** An order is placed within seconds, where nothing is wrong. */
const USUAL_ORDER_MS = 20_000;

/**
 * When cert-manager begins anew by itself, in milliseconds since 1970; undefined where it is at work,
 * or has not failed.
 */
export function pauseEnd({ certificate }: CertificateObjects): number | undefined {
  if (certificate === undefined) return undefined;
  const { lastFailureTime, failedIssuanceAttempts = 1 } = certificate.status;
  const issuing = certificate.status.conditions.find(({ type }) => type === "Issuing");
  if (lastFailureTime === undefined || issuing?.status === "True") return undefined;
  const pause = FIRST_PAUSE_MS * 2 ** (Math.max(1, failedIssuanceAttempts) - 1);
  return Date.parse(lastFailureTime) + Math.min(pause, LONGEST_PAUSE_MS);
}

/**
 * Has cert-manager try now what it would only try after a pause, because it failed before.
 *
 * @returns what was done, in sentences.
 */
export async function tryAgain(
  objects: CertificateObjects,
  { certificateName, ownsIssuer }: CertificatePlace,
  api: CertificateApi,
): Promise<string[]> {
  const request = requestOf(objects, certificateName);
  const [order] = ownedBy(objects.orders, request);
  const acts: Act[] = [];
  const { issuer } = objects;
  if (issuer !== undefined && ownsIssuer && conditionOf(issuer, "Ready")?.status === "False") {
    const { name } = issuer.metadata;
    const says = `cert-manager now tries again to use ClusterIssuer ${name}.`;
    acts.push({ act: () => api.touch("clusterissuers", name), says });
  }
  if (order !== undefined && isNotTaken(order)) {
    const { name } = order.metadata;
    const says = `cert-manager now tries again to place order ${name}.`;
    acts.push({ act: () => api.touch("orders", name), says });
  }
  if (pauseEnd(objects) !== undefined && !isLimited(objects, certificateName)) {
    const says = `cert-manager had given up for a while; it now tries again to get ${certificateName}.`;
    acts.push({ act: () => api.forgetFailure(), says });
  }
  for (const { metadata } of challengesOf(objects, order).filter(isHeldUp)) {
    const { name } = metadata;
    const says = `cert-manager now tries challenge ${name} again.`;
    acts.push({ act: () => api.touch("challenges", name), says });
  }
  return doneOf(acts);
}

/**
 * Lets challenges go that cannot take away a record that they never wrote: where they block another
 * one for their name, as the issuer or its DNS provider is another one now; and where they are for
 * a host of before, as the namespace could not be removed while they are there.
 *
 * @returns what was done, in sentences.
 */
export async function makeWay(
  objects: CertificateObjects,
  { certificateName, host }: CertificatePlace,
  api: CertificateApi,
): Promise<string[]> {
  const [order] = ownedBy(objects.orders, requestOf(objects, certificateName));
  const challenges = challengesOf(objects, order);
  const blocking = challenges.every(isLeaving) ? [] : challenges;
  const ofBefore = objects.challenges.filter(
    (one) => isForCertificate(one, certificateName) && one.spec.dnsName !== host,
  );
  return doneOf(
    [...new Set([...blocking, ...ofBefore])].filter(cannotGo).map(({ metadata: { name } }) => ({
      act: () => api.releaseChallenge(name),
      says: `Challenge ${name} is let go: it never wrote its record, and cannot take it away.`,
    })),
  );
}

/**
 * Whether a challenge has failed to take away a record that it did not write. Before it has tried,
 * there may be one: that it was written is only told a minute later.
 */
function cannotGo(challenge: Challenge): boolean {
  const { presented, reason } = challenge.status;
  return isLeaving(challenge) && !presented && reason.startsWith("Error cleaning up challenge");
}

/** Something that is done to the cluster, and how it is told. */
interface Act {
  act: () => Promise<void>;
  says: string;
}

async function doneOf(acts: readonly Act[]): Promise<string[]> {
  const done: string[] = [];
  for (const { act, says } of acts) {
    try {
      await act();
      done.push(says);
    } catch (error) {
      // Then it takes its time, and the command that does the same is told where that is too long.
      if (!(error instanceof ApiTrouble)) throw error;
    }
  }
  return done;
}

/** Whether an order is one of before, that the ACME server has not taken: it did not answer. */
function isNotTaken({ metadata, status: { state, url } }: Order): boolean {
  const age = Date.now() - Date.parse(metadata.creationTimestamp);
  return state === "" && url === "" && age > USUAL_ORDER_MS;
}

/** Whether a challenge has failed in writing its record, or in taking it away. */
function isHeldUp(challenge: Challenge): boolean {
  const { state, presented, reason } = challenge.status;
  return reason !== "" && (isLeaving(challenge) || (state === "pending" && !presented));
}

/** Whether the ACME server has said to come back later than now: until then it only says so again. */
export function isLimited(objects: CertificateObjects, certificateName: string): boolean {
  const [order] = ownedBy(objects.orders, requestOf(objects, certificateName));
  const reason = order?.status.reason ?? "";
  if (!reason.includes("rateLimited")) return false;
  const [, day, time] = /retry after (\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)/.exec(reason) ?? [];
  return day === undefined || Date.parse(`${day}T${String(time)}Z`) > Date.now();
}
