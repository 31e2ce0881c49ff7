import * as pulumi from "@pulumi/pulumi";

import type { IngressProfile } from "../httpbin/ingressProfile";

/** An Application Load Balancer, as the AWS Load Balancer Controller makes it of an Ingress. */
export interface AlbArgs {
  /** `internal`, or `internet-facing`. */
  scheme: string;
  /** ACM certificate for the app's host, in the cluster's region. */
  certificateArn: pulumi.Input<string>;
  /** Address ranges of the subnets that the load balancer stands in. */
  subnetCidrs: pulumi.Input<string[]>;
}

/** TLS 1.2 and 1.3, with forward secrecy only. */
const SSL_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** A target that is leaving gets no new request; shorter than the pod's draining. */
const DEREGISTRATION_SECONDS = 15;
const DRAIN_SECONDS = 30;

/** An Ingress on an ALB that ends TLS with a certificate of ACM and talks to the pods directly. */
export function albProfile(args: AlbArgs): IngressProfile {
  const annotation = (name: string): string => `alb.ingress.kubernetes.io/${name}`;
  return {
    className: "alb",
    annotations: {
      [annotation("scheme")]: args.scheme,
      [annotation("target-type")]: "ip",
      [annotation("listen-ports")]: JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
      [annotation("ssl-redirect")]: "443",
      [annotation("ssl-policy")]: SSL_POLICY,
      [annotation("certificate-arn")]: args.certificateArn,
      [annotation("healthcheck-path")]: "/status/200",
      [annotation("target-group-attributes")]:
        `deregistration_delay.timeout_seconds=${String(DEREGISTRATION_SECONDS)}`,
    },
    usesTlsSecret: false,
    peers: pulumi
      .output(args.subnetCidrs)
      .apply((cidrs) => cidrs.map((cidr) => ({ ipBlock: { cidr } }))),
    drainSeconds: DRAIN_SECONDS,
    companions: [],
  };
}
