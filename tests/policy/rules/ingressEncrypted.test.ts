import { ingressEncrypted } from "../../../policy/rules/ingressEncrypted";
import { describeRule } from "../../support/policy";

const type = "kubernetes:networking.k8s.io/v1:Ingress";

describeRule(ingressEncrypted, {
  "an ALB without a certificate": {
    type,
    path: "metadata.annotations",
    value: { "alb.ingress.kubernetes.io/ssl-redirect": "443" },
    found: "no annotation alb.ingress.kubernetes.io/certificate-arn",
  },
  "an ALB as its controller makes it": {
    type,
    path: "metadata.annotations",
    found: [
      "no annotation alb.ingress.kubernetes.io/certificate-arn",
      "no annotation alb.ingress.kubernetes.io/ssl-redirect",
    ],
  },
  "Traefik that serves by http": {
    type,
    of: "cloudflare",
    path: "metadata.annotations",
    value: { "traefik.ingress.kubernetes.io/router.entrypoints": "web,websecure" },
    found: "no annotation traefik.ingress.kubernetes.io/router.middlewares",
  },
  "an Ingress at home without a certificate": {
    type,
    of: "cloudflare",
    path: "spec.tls",
    found: "no spec.tls",
  },
  "a Service with a load balancer of its own": {
    type: "kubernetes:core/v1:Service",
    path: "spec.type",
    value: "LoadBalancer",
    found: 'spec.type is "LoadBalancer"',
  },
  "a Service at addresses of its own": {
    type: "kubernetes:core/v1:Service",
    path: "spec.externalIPs",
    value: ["192.0.2.1"],
    found: 'spec.externalIPs is ["192.0.2.1"]',
  },
});
