import { at, given, is, listAt, mapAt, textAt, UNKNOWN, type Values } from "../inputs";
import type { RegisteredResource, ResourceRule } from "../rule";

const ALB = "alb.ingress.kubernetes.io";
const SERVICE = "kubernetes:core/v1:Service";
const TRAEFIK = "traefik.ingress.kubernetes.io";

/** Nobody talks to the app in the clear. */
export const ingressEncrypted: ResourceRule = {
  name: "ingress-encrypted",
  demands:
    "The way in is an Ingress, which has a certificate and sends who comes by http to https.",
  why: "what goes over the network in the clear can be read and changed on its way",
  allowed: `of an ALB ${ALB}/certificate-arn and ssl-redirect; else tls, and of Traefik a middleware on the entry point web; Services of type ClusterIP`,
  mend: () =>
    "take it from an ingress profile: components/live/albProfile.ts, components/home/traefikProfile.ts",
  cis: ["5.4.5"],
  types: ["kubernetes:networking.k8s.io/v1:Ingress", SERVICE],
  judge: ({ type, inputs }) => {
    if (type === SERVICE) return ownWayIn(inputs);
    if (at(inputs, "metadata.annotations") === UNKNOWN) return [];
    const annotations = mapAt(inputs, "metadata.annotations");
    const controller = textAt(inputs, "spec.ingressClassName");
    if (controller === "alb") return withoutRedirect(annotations);
    return [...withoutTls(inputs), ...(controller === "traefik" ? inTheClear(annotations) : [])];
  },
};

/** A Service that is reached from outside goes round the Ingress, and its certificate. */
function ownWayIn(inputs: Values): string[] {
  const type = at(inputs, "spec.type");
  const isInside = type === undefined || is(type, "ClusterIP", "ExternalName");
  const addresses = listAt(inputs, "spec.externalIPs");
  return [
    ...(isInside ? [] : [given("spec.type", type)]),
    ...(addresses.length === 0 ? [] : [given("spec.externalIPs", addresses)]),
  ];
}

function withoutRedirect(annotations: Values): string[] {
  return ["certificate-arn", "ssl-redirect"]
    .filter((name) => annotations[`${ALB}/${name}`] === undefined)
    .map((name) => `no annotation ${ALB}/${name}`);
}

function withoutTls(inputs: RegisteredResource["inputs"]): string[] {
  return at(inputs, "spec.tls") === UNKNOWN || listAt(inputs, "spec.tls").length > 0
    ? []
    : ["no spec.tls"];
}

/** Which middleware it is, its object says: here one that redirects. Without a list, all entry points serve. */
function inTheClear(annotations: Values): string[] {
  const points = annotations[`${TRAEFIK}/router.entrypoints`] ?? "web";
  const isOpen = typeof points === "string" && points.split(",").includes("web");
  const name = `${TRAEFIK}/router.middlewares`;
  return isOpen && annotations[name] === undefined ? [`no annotation ${name}`] : [];
}
