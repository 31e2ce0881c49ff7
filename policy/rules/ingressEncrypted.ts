import { at, isValues, listAt, textAt, UNKNOWN, type Values } from "../inputs";
import type { ResourceRule } from "../rule";

const ALB = "alb.ingress.kubernetes.io";

/** Nobody talks to the app in the clear. */
export const ingressEncrypted: ResourceRule = {
  name: "ingress-encrypted",
  demands: "An Ingress has a certificate, and sends whoever comes by http to https.",
  why: "what goes over the network in the clear can be read and changed on its way",
  allowed: `tls; or of an ALB ${ALB}/certificate-arn and ssl-redirect`,
  mend: () =>
    "take it from an ingress profile: components/live/albProfile.ts, components/home/traefikProfile.ts",
  cis: ["5.4.5"],
  types: ["kubernetes:networking.k8s.io/v1:Ingress"],
  judge: ({ inputs }) => {
    const annotations = at(inputs, "metadata.annotations");
    if (annotations === UNKNOWN) return [];
    if (textAt(inputs, "spec.ingressClassName") === "alb") {
      return missing(isValues(annotations) ? annotations : {});
    }
    const tls = at(inputs, "spec.tls");
    return tls === UNKNOWN || listAt(inputs, "spec.tls").length > 0 ? [] : ["no spec.tls"];
  },
};

function missing(annotations: Values): string[] {
  return ["certificate-arn", "ssl-redirect"]
    .filter((name) => annotations[`${ALB}/${name}`] === undefined)
    .map((name) => `no annotation ${ALB}/${name}`);
}
