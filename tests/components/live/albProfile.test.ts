import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { albProfile, type AlbArgs } from "../../../components/live/albProfile";

const ARN = "arn:aws:acm:eu-central-1:123456789012:certificate/0a1b2c3d";

const ARGS: AlbArgs = {
  scheme: "internal",
  certificateArn: ARN,
  subnetCidrs: ["10.0.0.0/24", "10.0.1.0/24"],
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  idleTimeoutSeconds: 60,
  allowedCidrs: [],
};

describe("albProfile", () => {
  const profile = albProfile(ARGS);

  it("ends TLS 1.2 or later on the load balancer, with its own certificate, and redirects http", () => {
    assert.deepEqual(profile.annotations, {
      "alb.ingress.kubernetes.io/scheme": "internal",
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
      "alb.ingress.kubernetes.io/ssl-redirect": "443",
      "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
      "alb.ingress.kubernetes.io/certificate-arn": ARN,
      "alb.ingress.kubernetes.io/healthcheck-path": "/status/200",
      "alb.ingress.kubernetes.io/target-group-attributes":
        "deregistration_delay.timeout_seconds=15",
      "alb.ingress.kubernetes.io/load-balancer-attributes":
        "idle_timeout.timeout_seconds=60,routing.http.drop_invalid_header_fields.enabled=true",
    });
    assert.equal(profile.className, "alb");
    assert.equal(profile.usesTlsSecret, false);
  });

  it("drains for longer than the load balancer needs to let go of a pod", () => {
    const attributes = profile.annotations["alb.ingress.kubernetes.io/target-group-attributes"];
    assert.ok(typeof attributes === "string");
    const deregistration = Number(/=(\d+)$/.exec(attributes)?.[1]);
    assert.deepEqual([deregistration, profile.drainSeconds], [15, 30]);
  });

  it("lets in the load balancer's subnets and nothing else from outside", async () => {
    const peers = await new Promise((resolve) => {
      pulumi.output(profile.peers).apply(resolve);
    });
    assert.deepEqual(peers, [
      { ipBlock: { cidr: "10.0.0.0/24" } },
      { ipBlock: { cidr: "10.0.1.0/24" } },
    ]);
  });

  it("wants no object beside the ingress", () => {
    assert.deepEqual(profile.companions, []);
  });

  it("has what is asked for: access logs, a web ACL, a limit to who may connect", () => {
    const { annotations } = albProfile({
      ...ARGS,
      scheme: "internet-facing",
      accessLogsBucket: "logs",
      accessLogsPrefix: "httpbin",
      webAclArn: "arn:acl",
      idleTimeoutSeconds: 120,
      allowedCidrs: ["203.0.113.0/24", "198.51.100.0/24"],
    });
    const of = (name: string): unknown => annotations[`alb.ingress.kubernetes.io/${name}`];
    assert.equal(of("scheme"), "internet-facing");
    assert.equal(of("wafv2-acl-arn"), "arn:acl");
    assert.equal(of("inbound-cidrs"), "203.0.113.0/24,198.51.100.0/24");
    assert.equal(
      of("load-balancer-attributes"),
      "idle_timeout.timeout_seconds=120,routing.http.drop_invalid_header_fields.enabled=true," +
        "access_logs.s3.enabled=true,access_logs.s3.bucket=logs,access_logs.s3.prefix=httpbin",
    );
  });

  it("counts a pod as ready only once the load balancer does", () => {
    assert.deepEqual(profile.namespaceLabels, {
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    });
  });
});
