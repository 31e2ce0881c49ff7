import { join } from "node:path";

import { stringify } from "yaml";

import { flags, type Component, type Setting } from "./component";
import { SIMULATED } from "./components/kwok";
import { kubeconfigOf } from "./layout";

/** IngressClass of the AWS Load Balancer Controller, as its chart names it. */
const ALB_CLASS = "alb";

/** Domain of the load balancers of one region. */
const ALB_DOMAIN = "eu-central-1.elb.amazonaws.com";

/**
 * Name of an ALB, for KWOK to fill in: what the controller calls it (parts of the Ingress's
 * namespace and name, and a hash), and in front of it what AWS puts before one that is internal.
 */
const ALB_HOSTNAME = [
  `{{ $scheme := index (.metadata.annotations | default dict) "alb.ingress.kubernetes.io/scheme" }}`,
  `{{ if ne $scheme "internet-facing" }}internal-{{ end }}`,
  `k8s-{{ .metadata.namespace | trunc 8 }}-{{ .metadata.name | trunc 8 }}-`,
  `{{ printf "%s/%s" .metadata.namespace .metadata.name | sha256sum | trunc 10 }}-1234567890`,
  `.${ALB_DOMAIN}`,
].join("");

/**
 * KWOK's stages by which every Ingress gets an address: one of class `alb` the hostname of a load
 * balancer, as the AWS Load Balancer Controller would publish it; any other an IP address, as Traefik
 * does.
 */
export function addressStages(address: string): string {
  return [
    stage("ingress-address", "NotIn", { ip: address }),
    stage("ingress-hostname", "In", { hostname: ALB_HOSTNAME }),
  ].join("---\n");
}

function stage(name: string, operator: "In" | "NotIn", ingress: Record<string, string>): string {
  return stringify({
    apiVersion: "kwok.x-k8s.io/v1alpha1",
    kind: "Stage",
    metadata: { name },
    spec: {
      resourceRef: { apiGroup: "networking.k8s.io/v1", kind: "Ingress" },
      selector: {
        matchExpressions: [
          { key: ".metadata.deletionTimestamp", operator: "DoesNotExist" },
          { key: ".status.loadBalancer.ingress", operator: "DoesNotExist" },
          { key: ".spec.ingressClassName", operator, values: [ALB_CLASS] },
        ],
      },
      // JSON, as a line of YAML may be folded where a template has a space.
      next: { statusTemplate: template({ loadBalancer: { ingress: [ingress] } }) },
    },
  });
}

/** A template's own quotes stay as they are. */
function template(status: object): string {
  return JSON.stringify(status).replaceAll('\\"', '"');
}

/** Gives each Ingress an address: a KWOK that plays no node. */
export function ingressAddresses({ layout, topology: { address, ports } }: Setting): Component {
  const path = join(layout.config, "ingress-addresses.yaml");
  const server = `${address}:${String(ports.ingressAddresses)}`;
  return {
    name: "ingress-addresses",
    tool: "kwok",
    files: [{ path, text: addressStages(address) }],
    args: [
      `--config=${path}`,
      ...flags({
        kubeconfig: kubeconfigOf(layout, "kwok"),
        "manage-nodes-with-annotation-selector": `${SIMULATED.key}=none`,
        "server-address": server,
      }),
    ],
    ready: { url: `http://${server}/healthz` },
  };
}
