import * as z from "zod";

import { versions } from "../versions";
import { addonVersion, arn, cidr, principalArn, retentionDays } from "./awsFields";
import { choice, dnsLabel, flag, integer, list, numericPattern, pattern } from "./fields";

const CLUSTER = z
  .strictObject({
    version: numericPattern(/^1\.\d{2}$/, {
      description: "Kubernetes release.",
      example: versions.eks,
      allowed: "a release of Kubernetes, such as 1.36",
    }).default(versions.eks),
    serviceCidr: cidr("Address range of Services, /12 to /24.", "172.20.0.0/16").optional(),
    logRetentionDays: retentionDays("Days for which the control plane's logs are kept.").default(
      90,
    ),
    kmsKeyArn: arn("KMS key that Secrets are encrypted with; without it one is made.", {
      service: "kms",
      rest: "key/[\\w-]+",
      example: "key/1234abcd-12ab-34cd-56ef-1234567890ab",
      what: "a KMS key",
    }).optional(),
    deletionProtection: flag("Whether EKS refuses to delete the cluster.").default(true),
  })
  .prefault({});

const NODES = z
  .strictObject({
    instanceTypes: list(
      pattern(/^[a-z]+\d+g[a-z]*\.[a-z0-9]+$/, {
        description: "Instance type.",
        example: "t4g.medium",
        allowed: "an instance type of an arm64 family, such as t4g.medium",
      }),
      "EC2 instance types; the first that can be had is taken.",
      1,
    ).default(["t4g.medium"]),
    image: choice("Operating system.", ["bottlerocket", "al2023"]).default("bottlerocket"),
    capacityType: choice("How they are paid; AWS may take SPOT away at two minutes' notice.", [
      "ON_DEMAND",
      "SPOT",
    ]).default("ON_DEMAND"),
    minSize: integer("Least number of nodes.", 1, 100, 2).default(2),
    maxSize: integer("Greatest number of nodes.", 1, 100, 4).default(4),
    desiredSize: integer("Number of nodes to begin with; not changed after.", 1, 100, 2).default(2),
    diskGiB: integer("Disk for images and containers, in GiB.", 20, 16_384, 20).default(20),
    maxUnavailable: integer("Nodes that an upgrade replaces at a time.", 1, 100, 1).default(1),
  })
  .prefault({});

const { eksAddons } = versions;
const ADDONS = z
  .strictObject({
    vpcCni: addonVersion("Amazon VPC CNI.", eksAddons.vpcCni).default(eksAddons.vpcCni),
    podIdentityAgent: addonVersion("Agent of Pod Identity.", eksAddons.podIdentityAgent).default(
      eksAddons.podIdentityAgent,
    ),
    kubeProxy: addonVersion("kube-proxy.", eksAddons.kubeProxy).default(eksAddons.kubeProxy),
    coredns: addonVersion("CoreDNS.", eksAddons.coredns).default(eksAddons.coredns),
    metricsServer: addonVersion("metrics-server.", eksAddons.metricsServer).default(
      eksAddons.metricsServer,
    ),
  })
  .prefault({});

const ACCESS = z
  .strictObject({
    admins: list(
      principalArn("Admin.", "role/admin"),
      "IAM roles and users that may do everything.",
    ).default([]),
    readers: list(
      principalArn("Reader.", "role/reader"),
      "IAM roles and users that may look at everything but Secrets.",
    ).default([]),
    ci: z
      .array(
        z.strictObject({
          principalArn: principalArn("IAM role or user.", "role/ci"),
          namespaces: list(dnsLabel("Namespace.", "httpbin"), "Namespaces that it may change.", 1),
        }),
      )
      .meta({
        description: "IAM roles and users that may change what is in some namespaces.",
        allowed: "a list, each a map of: principalArn, namespaces",
      })
      .default([]),
    previews: list(
      principalArn("Previewer.", "role/preview"),
      "IAM roles and users that may ask what a change would do; docs/preview-policy says how far.",
    ).default([]),
  })
  .prefault({});

/** The control plane, its nodes and add-ons, and who may do what. */
export const liveClusterSchemas = {
  cluster: CLUSTER,
  nodes: NODES,
  addons: ADDONS,
  access: ACCESS,
};
