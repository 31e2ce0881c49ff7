import * as z from "zod";

import { arn, cidr } from "./awsFields";
import { choice, flag, integer, line, list, pattern } from "./fields";

const TAILNET = z
  .strictObject({
    name: line("Tailnet; - is the one that the OAuth client is of.", "example.ts.net").default("-"),
    oauthClientId: pattern(/^[A-Za-z0-9]{4,64}$/, {
      description: "Tailscale OAuth client that the stack makes the router's own client with.",
      example: "kABC123CNTRL",
      allowed: "the client's id, letters and digits; its secret goes into tailscaleOauthSecret",
      // Its secret is shown beside it.
      hidden: true,
    }),
    tag: pattern(/^tag:[A-Za-z][A-Za-z0-9-]*$/, {
      description: "Tag of the router; the tailnet's policy file must know it.",
      example: "tag:k8s-test-router",
      allowed: "tag: and letters, digits and dashes, a letter first",
    }).default("tag:k8s-test-router"),
    size: integer("Router instances: 2 of them survive the failure of a zone.", 1, 2, 1).default(1),
    instanceType: pattern(/^[a-z]+\d+g[a-z]*\.[a-z0-9]+$/, {
      description: "EC2 instance type of the router.",
      example: "t4g.nano",
      allowed: "an instance type of an arm64 family, such as t4g.nano",
    }).default("t4g.nano"),
    approval: choice(
      "Who approves the router's route: you in the policy file, the stack there, or the stack " +
        "for each device.",
      ["manual", "policy", "device"],
    ).default("manual"),
    splitDns: flag("Whether the tailnet asks the VPC's resolver for the API's name.").default(
      false,
    ),
    waitSeconds: integer(
      "Seconds to wait for the router to join, and then for the API to answer.",
      60,
      3600,
      600,
    ).default(600),
  })
  // What it lacks is named even where the whole section is missing.
  .prefault({} as { oauthClientId: string });

const LOAD_BALANCER = z
  .strictObject({
    scheme: choice("Who reaches the load balancer.", ["internal", "internet-facing"]).default(
      "internal",
    ),
    hostedZoneId: pattern(/^Z[A-Z0-9]{1,31}$/, {
      description:
        "Route 53 zone of the host, in which its record is made, and a certificate proved.",
      example: "Z2ABCDEFGHIJKL",
      allowed: "the id of a hosted zone: Z and capital letters or digits",
    }).optional(),
    certificateArn: arn("ACM certificate for the host; without it one is made.", {
      service: "acm",
      rest: "certificate/[\\w-]+",
      example: "certificate/0a1b2c3d",
      what: "an ACM certificate",
    }).optional(),
    sslPolicy: pattern(/^ELBSecurityPolicy-TLS13-1-[23]-[\w-]+$/, {
      description: "Security policy of TLS.",
      example: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      allowed: "a policy of TLS 1.2 or later: ELBSecurityPolicy-TLS13-1-2-… or -1-3-…",
    }).default("ELBSecurityPolicy-TLS13-1-2-2021-06"),
    accessLogsBucket: pattern(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, {
      description: "S3 bucket for access logs, which lets load balancers write; none without it.",
      example: "my-access-logs",
      allowed: "the name of an S3 bucket",
    }).optional(),
    accessLogsPrefix: pattern(/^[\w.-][\w./-]*[\w.-]$/, {
      description: "Folder in that bucket.",
      example: "httpbin",
      allowed: "letters, digits, dots, dashes, underscores, and / between them",
    }).optional(),
    webAclArn: arn("Web ACL (AWS WAF) that requests go through.", {
      service: "wafv2",
      rest: "regional/webacl/[\\w-]+/[\\w-]+",
      example: "regional/webacl/main/0a1b2c3d",
      what: "a regional web ACL",
    }).optional(),
    idleTimeoutSeconds: integer(
      "Seconds after which an idle connection ends.",
      1,
      4000,
      60,
    ).default(60),
    allowedCidrs: list(
      cidr("Range.", "10.0.0.0/8"),
      "Address ranges that may connect; without any, all that the scheme lets in.",
    ).default([]),
  })
  .prefault({});

/** What is between users and the cluster: the tailnet for people who run it, the load balancer. */
export const liveEdgeSchemas = { tailnet: TAILNET, loadBalancer: LOAD_BALANCER };
