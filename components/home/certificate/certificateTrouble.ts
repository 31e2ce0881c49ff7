import { ACME_CAUSES } from "./acmeCauses";
import { set, type CertificatePlace } from "./causes";
import { conditionOf, requestOf, type Certificate, type CertificateObjects } from "./objects";
import { orderTrouble } from "./orderTrouble";
import { named, quoted, type Trouble } from "./trouble";

/** The one reason why a certificate is not there, the deepest that the objects tell of. */
export function troubleOf(objects: CertificateObjects, place: CertificatePlace): Trouble {
  return (
    issuerTrouble(objects, place) ??
    certificateTrouble(objects, place) ??
    requestTrouble(objects, place)
  );
}

/** What keeps an issuer from giving certificates. */
export function issuerTrouble(
  { issuer, hidden }: CertificateObjects,
  place: CertificatePlace,
): Trouble | undefined {
  const { issuerName } = place;
  const look = `kubectl describe clusterissuer ${issuerName}`;
  if (issuer === undefined) {
    return hidden.includes("clusterissuers") ? undefined : missingIssuer(place);
  }
  const ready = conditionOf(issuer, "Ready");
  if (ready === undefined) {
    const is = `cert-manager has not looked at the ClusterIssuer ${issuerName} yet; if it stays so, its controller does not run`;
    return { is, mend: podsOf(place), look, isUsual: true };
  }
  if (ready.status === "True") return undefined;
  return named(`ClusterIssuer ${issuerName}`, ready.message, ACME_CAUSES, place, look);
}

function missingIssuer({ issuerName, ownsIssuer }: CertificatePlace): Trouble {
  return {
    is: `there is no ClusterIssuer ${issuerName}`,
    mend: ownsIssuer
      ? "somebody has deleted it: pulumi refresh, then pulumi up"
      : set("home.clusterIssuer", "NAME"),
    look: "kubectl get clusterissuers",
  };
}

/** Where cert-manager has not made of the Ingress what it should. */
function certificateTrouble(
  { certificate }: CertificateObjects,
  place: CertificatePlace,
): Trouble | undefined {
  const { namespace, ingressName, certificateName, issuerName, host } = place;
  const look = `kubectl --namespace ${namespace} describe ingress ${ingressName}`;
  if (certificate === undefined) {
    const is = `cert-manager has made no Certificate ${certificateName} of the Ingress: its controller does not run, or does not watch Ingresses`;
    return { is, mend: podsOf(place), look, isUsual: true };
  }
  if (isMeant(certificate, place)) return undefined;
  const { issuerRef, dnsNames } = certificate.spec;
  return {
    is: "cert-manager has not taken the Ingress' change into its Certificate: its controller does not run, or the Certificate is not the Ingress' own",
    seen: `Certificate ${certificateName}: of ${issuerRef.name}, for ${dnsNames.join(", ")}; it should be of ${issuerName}, for ${host}`,
    mend: podsOf(place),
    look,
    isUsual: true,
  };
}

/** Whether a Certificate is for the host, and of the issuer that the Ingress names. */
export function isMeant(
  { spec: { issuerRef, dnsNames } }: Certificate,
  { issuerName, host }: CertificatePlace,
): boolean {
  return issuerRef.name === issuerName && dnsNames.includes(host);
}

/** From the challenge up to the request: what is further down says it in more detail. */
export function requestTrouble(objects: CertificateObjects, place: CertificatePlace): Trouble {
  const request = requestOf(objects, place.certificateName);
  const found = orderTrouble(request, objects, place);
  if (found !== undefined) return found;

  const inNamespace = `kubectl --namespace ${place.namespace}`;
  if (request === undefined) {
    const is = "cert-manager has not begun to ask for the certificate";
    const look = `${inNamespace} describe certificate ${place.certificateName}`;
    return { is, ...hiddenNote(objects), look, isUsual: true };
  }
  const { name } = request.metadata;
  const look = `${inNamespace} describe certificaterequest ${name}`;
  const refusal = ["Denied", "InvalidRequest"].map((type) => conditionOf(request, type));
  const refused = refusal.find((condition) => condition?.status === "True");
  if (refused !== undefined) {
    const seen = quoted(`CertificateRequest ${name}`, refused.message);
    return { is: "cert-manager, or a policy of the cluster, refuses the request", seen, look };
  }
  if (conditionOf(request, "Approved") === undefined) {
    const is = "nobody has approved the request: cert-manager's approver does not run";
    return { is, mend: podsOf(place), look, isUsual: true };
  }
  const ready = conditionOf(request, "Ready");
  if (/Referenced .* not found/.test(ready?.message ?? "")) return missingIssuer(place);
  if (ready?.reason === "Failed") {
    return named(`CertificateRequest ${name}`, ready.message, ACME_CAUSES, place, look);
  }
  const is = "the certificate is being asked for";
  const seen = ready && quoted(`CertificateRequest ${name}`, ready.message);
  return { is, seen, ...hiddenNote(objects), look, isUsual: true };
}

function hiddenNote({ hidden }: CertificateObjects): Pick<Trouble, "mend"> {
  return hidden.length === 0
    ? {}
    : { mend: `to be told more, let the kubeconfig's user list: ${hidden.join(", ")}` };
}

function podsOf({ certManagerNamespace }: CertificatePlace): string {
  return `kubectl --namespace ${certManagerNamespace} get pods`;
}
