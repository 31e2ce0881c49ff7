import * as pulumi from "@pulumi/pulumi";

import type { IngressProfile } from "../httpbin/ingressProfile";

/** An Application Load Balancer, as the AWS Load Balancer Controller makes it of an Ingress. */
export interface AlbArgs {
  /** `internal`: reachable from the VPC and what is joined to it; or `internet-facing`. */
  scheme: string;
  /** ACM certificate for the app's host, in the cluster's region. */
  certificateArn: pulumi.Input<string>;
  /** Address ranges of the subnets that the load balancer stands in. */
  subnetCidrs: pulumi.Input<string[]>;
  /** Security policy of TLS, such as `ELBSecurityPolicy-TLS13-1-2-2021-06`. */
  sslPolicy: string;
  /** S3 bucket for access logs, whose policy lets load balancers write. @default none are written */
  accessLogsBucket?: string;
  /** Folder in that bucket. @default its root */
  accessLogsPrefix?: string;
  /** Web ACL (AWS WAF) that requests go through. @default none */
  webAclArn?: string;
  /** Seconds after which an idle connection ends. */
  idleTimeoutSeconds: number;
  /** Address ranges that may connect. Empty: all that the scheme lets in. */
  allowedCidrs: string[];
}

/** A target that is leaving gets no new request; shorter than the pod's draining. */
const DEREGISTRATION_SECONDS = 15;
const DRAIN_SECONDS = 30;

/** An Ingress on an ALB that ends TLS with a certificate of ACM and talks to the pods directly. */
export function albProfile(args: AlbArgs): IngressProfile {
  return {
    className: "alb",
    annotations: prefixed({
      scheme: args.scheme,
      "target-type": "ip",
      "listen-ports": JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
      "ssl-redirect": "443",
      "ssl-policy": args.sslPolicy,
      "certificate-arn": args.certificateArn,
      "healthcheck-path": "/status/200",
      "target-group-attributes": `deregistration_delay.timeout_seconds=${String(DEREGISTRATION_SECONDS)}`,
      "load-balancer-attributes": attributes(args),
      ...(args.webAclArn !== undefined && { "wafv2-acl-arn": args.webAclArn }),
      ...(args.allowedCidrs.length > 0 && { "inbound-cidrs": args.allowedCidrs.join(",") }),
    }),
    usesTlsSecret: false,
    peers: pulumi
      .output(args.subnetCidrs)
      .apply((cidrs) => cidrs.map((cidr) => ({ ipBlock: { cidr } }))),
    drainSeconds: DRAIN_SECONDS,
    // A pod counts as ready only once the load balancer has found it healthy: no request is lost
    // while pods are rolled out.
    namespaceLabels: { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" },
    companions: [],
  };
}

function attributes(args: AlbArgs): string {
  const { accessLogsBucket: bucket, accessLogsPrefix: prefix } = args;
  return Object.entries({
    "idle_timeout.timeout_seconds": String(args.idleTimeoutSeconds),
    // What is no valid header may be read as another one by what is behind.
    "routing.http.drop_invalid_header_fields.enabled": "true",
    ...(bucket !== undefined && {
      "access_logs.s3.enabled": "true",
      "access_logs.s3.bucket": bucket,
      ...(prefix !== undefined && { "access_logs.s3.prefix": prefix }),
    }),
  })
    .map(([name, value]) => `${name}=${value}`)
    .join(",");
}

function prefixed(
  annotations: Record<string, pulumi.Input<string>>,
): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    Object.entries(annotations).map(([name, value]) => [
      `alb.ingress.kubernetes.io/${name}`,
      value,
    ]),
  );
}
