import { ACME_CAUSES, VALIDATION_CAUSES } from "./acmeCauses";
import { set, type CertificateCause, type CertificatePlace } from "./causes";
import {
  challengesOf,
  isLeaving,
  ownedBy,
  warningOf,
  type CertificateObjects,
  type CertificateRequest,
  type Challenge,
  type Order,
} from "./objects";
import { DNS_CAUSES, PROPAGATION_CAUSES } from "./dnsCauses";
import { named, ownMend, quoted, type Trouble } from "./trouble";

/** cert-manager's states of an order and of a challenge that has failed. */
const FAILED = ["invalid", "errored", "expired"];

/** What keeps the order of a request, as its challenges or the order itself tell it. */
export function orderTrouble(
  request: CertificateRequest | undefined,
  objects: CertificateObjects,
  place: CertificatePlace,
): Trouble | undefined {
  const [order] = ownedBy(objects.orders, request);
  if (order === undefined) return undefined;
  const [worst] = challengesOf(objects, order)
    .map((challenge) => challengeTrouble(challenge, objects, place))
    .filter((trouble) => trouble !== undefined);
  return worst ?? troubleOfOrder(order, objects, place);
}

function challengeTrouble(
  challenge: Challenge,
  objects: CertificateObjects,
  place: CertificatePlace,
): Trouble | undefined {
  const { name } = challenge.metadata;
  const { state, reason } = challenge.status;
  // Of what varies from call to call, as a request's id does, the status has but a placeholder.
  const said = reason.includes("<redacted") ? (warningOf(objects, challenge) ?? reason) : reason;
  const look = `kubectl --namespace ${place.namespace} describe challenge ${name}`;
  const explained = (causes: readonly CertificateCause[]): Trouble =>
    named(`Challenge ${name}`, said, causes, place, look);
  if (FAILED.includes(state)) return explained(VALIDATION_CAUSES);
  if (said === "" || state === "valid") return undefined;
  if (isLeaving(challenge)) {
    return {
      is: "an earlier challenge cannot take its record away, and no other one for this name begins before it has",
      seen: quoted(`Challenge ${name}`, said),
      mend: `take the record away by hand, then let the challenge go: kubectl --namespace ${place.namespace} patch challenge ${name} --type merge --patch '{"metadata":{"finalizers":null}}'`,
      look,
    };
  }
  if (!challenge.status.presented) return explained(DNS_CAUSES);
  // While cert-manager pauses for a minute, having seen the record itself, the status stays as it was.
  return { ...explained(PROPAGATION_CAUSES), isUsual: said.includes(" not yet propagated") };
}

function troubleOfOrder(
  order: Order,
  objects: CertificateObjects,
  place: CertificatePlace,
): Trouble | undefined {
  const { name } = order.metadata;
  const { state, reason, url } = order.status;
  const look = `kubectl --namespace ${place.namespace} describe order ${name}`;
  if (FAILED.includes(state)) {
    const said = reason === "" ? `it is ${state}` : reason;
    return named(`Order ${name}`, said, ACME_CAUSES, place, look);
  }
  const warning = warningOf(objects, order);
  if (warning !== undefined && /solver/i.test(warning)) {
    const mend = ownMend(place, set("home.dns.zone", "ZONE"));
    const is = `${place.host} is in none of the zones that the issuer writes records in`;
    return { is, seen: quoted(`Order ${name}`, warning), mend, look };
  }
  if (state === "" && url === "") {
    const server = ["the ACME server", objects.issuer?.spec.acme?.server].filter(Boolean);
    return {
      is: `the order is not placed yet: ${server.join(" at ")} does not answer, or takes its time`,
      mend: "see that it runs, and that cert-manager's pods reach it; then run pulumi up",
      // The order itself does not tell why.
      look: `kubectl --namespace ${place.certManagerNamespace} logs deployment/cert-manager --tail 20`,
      isUsual: true,
    };
  }
  return undefined;
}
