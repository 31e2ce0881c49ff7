import { isObject, objectsAt, type JsonObject } from "../../skeleton/json";
import { find, known, text, type CloudFunction } from "../cloudType";
import { address, arn, ec2Id, hex } from "../identifiers";
import { clusterState } from "./eksCluster";

/** Hosted zones of load balancers (ALB), by region: a choice of those in AWS' list of endpoints. */
const LOAD_BALANCER_ZONES: Readonly<Record<string, string>> = {
  "eu-central-1": "Z215JYRZR1TBD5",
  "eu-north-1": "Z23TAZ6LKFMNIO",
  "eu-west-1": "Z32O12XQLNTSW2",
  "us-east-1": "Z35SXDOTRQ7X7K",
  "us-east-2": "Z3AADJGX6KTTL2",
  "us-west-2": "Z1H1FL5HABSF5",
};

/** What a program can ask of EKS, SSM, Route 53 and load balancing. */
export const serviceFunctions: Readonly<Record<string, CloudFunction>> = {
  "aws:eks/getCluster:getCluster": (args, scene) => {
    const name = text(args, "name");
    const record = find(scene.existence, "aws:eks/cluster:Cluster", "name", name);
    if (record === undefined && scene.existence.isKnown) {
      throw new Error(`reading EKS Cluster (${name}): couldn't find resource`);
    }
    const now = "2026-01-01T00:00:00Z";
    const inputs = { name };
    const state =
      record?.state ?? clusterState({ ...scene, name, seed: name, inputs, before: undefined, now });
    const objectAt = (key: string): JsonObject => {
      const value = state[key];
      return isObject(value) ? value : {};
    };
    const listed = (key: string): JsonObject[] => (isObject(state[key]) ? [objectAt(key)] : []);
    return {
      id: name,
      name,
      region: scene.place.region,
      ...Object.fromEntries(COPIED.map((key) => [key, state[key] ?? ""])),
      accessConfigs: listed("accessConfig"),
      certificateAuthorities: listed("certificateAuthority"),
      computeConfigs: [],
      controlPlaneScalingConfigs: [],
      deletionProtection: state["deletionProtection"] ?? false,
      enabledClusterLogTypes: state["enabledClusterLogTypes"] ?? [],
      identities: objectsAt(state, "identities"),
      kubeApiServerConfigs: [],
      kubeControllerManagerConfigs: [],
      kubeSchedulerConfigs: [],
      kubernetesNetworkConfigs: listed("kubernetesNetworkConfig"),
      outpostConfigs: [],
      remoteNetworkConfigs: [],
      roleArn:
        state["roleArn"] ?? `arn:${scene.place.partition}:iam::${scene.place.accountId}:role/eks`,
      storageConfigs: [],
      tags: state["tags"] ?? {},
      upgradePolicies: listed("upgradePolicy"),
      vpcConfig: { securityGroupIds: [], subnetIds: [], ...objectAt("vpcConfig") },
      zonalShiftConfigs: [],
    };
  },

  "aws:eks/getClusterAuth:getClusterAuth": (args, { place }) => {
    const name = text(args, "name");
    return { id: name, name, region: place.region, token: `k8s-aws-v1.${hex(name, 32)}` };
  },

  "aws:ssm/getParameter:getParameter": (args, { place, existence }) => {
    const name = text(args, "name");
    const own = find(existence, "aws:ssm/parameter:Parameter", "name", name);
    if (own !== undefined) {
      throw new Error(`The offline provider keeps no value of ${name}: only a hash of it.`);
    }
    if (!name.startsWith("/aws/service/")) {
      throw new Error(`reading SSM Parameter (${name}): ParameterNotFound`);
    }
    const value = name.includes("ami") ? ec2Id("ami", name) : hex(name, 16);
    return {
      id: name,
      name,
      arn: arn(place, "ssm", `parameter${name}`),
      insecureValue: value,
      region: place.region,
      type: "String",
      value,
      version: 1,
    };
  },

  "aws:route53/getZone:getZone": (args, { place }) => {
    const zoneId = known(args, "zoneId") ?? `Z${hex(text(args, "name"), 20).toUpperCase()}`;
    const name = (known(args, "name") ?? "live.test").replace(/\.$/, "");
    const servers = ["com", "net", "org", "co.uk"].map(
      (domain, index) => `ns-${String(512 * index + 11)}.awsdns-${String(index + 1)}.${domain}`,
    );
    return {
      ...args,
      id: zoneId,
      zoneId,
      name,
      arn: `arn:${place.partition}:route53:::hostedzone/${zoneId}`,
      callerReference: "sandbox",
      comment: "",
      linkedServiceDescription: "",
      linkedServicePrincipal: "",
      nameServers: servers,
      primaryNameServer: servers[0] ?? "",
      resourceRecordSetCount: 2,
      tags: {},
    };
  },

  "aws:lb/getHostedZoneId:getHostedZoneId": (args, { place }) => {
    const region = known(args, "region") ?? place.region;
    return {
      ...args,
      id: LOAD_BALANCER_ZONES[region] ?? `Z${hex(region, 13).toUpperCase()}`,
      region,
    };
  },

  "aws:lb/getTargetGroup:getTargetGroup": (args, { place }) => {
    const name = known(args, "name") ?? "k8s-sandbox";
    const suffix = `targetgroup/${name}/${hex(name, 16)}`;
    const balancer = `loadbalancer/app/${name}/${hex(`lb ${name}`, 16)}`;
    return {
      ...EMPTY_TARGET_GROUP,
      ...args,
      id: arn(place, "elasticloadbalancing", suffix),
      arn: arn(place, "elasticloadbalancing", suffix),
      arnSuffix: suffix,
      loadBalancerArns: [arn(place, "elasticloadbalancing", balancer)],
      name,
      region: place.region,
      tags: args["tags"] ?? {},
      vpcId: ec2Id("vpc", name),
    };
  },

  "aws:lb/getLoadBalancer:getLoadBalancer": (args, { place }) => {
    const name = known(args, "name") ?? known(args, "arn")?.split("/").at(-2) ?? "k8s-sandbox";
    const suffix = `app/${name}/${hex(name, 16)}`;
    return {
      ...EMPTY_LOAD_BALANCER,
      ...args,
      id: arn(place, "elasticloadbalancing", `loadbalancer/${suffix}`),
      arn: arn(place, "elasticloadbalancing", `loadbalancer/${suffix}`),
      arnSuffix: suffix,
      dnsName: `${name}-${hex(name, 9)}.${place.region}.elb.amazonaws.com`,
      name,
      region: place.region,
      secondaryIpsAutoAssignedPerSubnet: 0,
      subnetMappings: [{ privateIpv4Address: address("10.80", name) }],
      tags: args["tags"] ?? {},
      vpcId: ec2Id("vpc", name),
      zoneId: LOAD_BALANCER_ZONES[place.region] ?? "",
    };
  },
};

/** What is the same in a cluster's state and in what is found of it. */
const COPIED = [
  "arn",
  "clusterId",
  "createdAt",
  "endpoint",
  "platformVersion",
  "status",
  "version",
];

const EMPTY_TARGET_GROUP: JsonObject = {
  connectionTermination: false,
  deregistrationDelay: "15",
  healthCheck: {},
  lambdaMultiValueHeadersEnabled: false,
  loadBalancingAlgorithmType: "round_robin",
  loadBalancingAnomalyMitigation: "off",
  loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
  port: 8080,
  preserveClientIp: "",
  protocol: "HTTP",
  protocolVersion: "HTTP1",
  proxyProtocolV2: false,
  slowStart: 0,
  stickiness: {},
  targetControlPort: 0,
  targetType: "ip",
};

const EMPTY_LOAD_BALANCER: JsonObject = {
  accessLogs: {},
  clientKeepAlive: 3600,
  connectionLogs: [],
  customerOwnedIpv4Pool: "",
  desyncMitigationMode: "defensive",
  dnsRecordClientRoutingPolicy: "any_availability_zone",
  dropInvalidHeaderFields: false,
  enableCrossZoneLoadBalancing: true,
  enableDeletionProtection: false,
  enableHttp2: true,
  enablePrefixForIpv6SourceNat: "off",
  enableTlsVersionAndCipherSuiteHeaders: false,
  enableWafFailOpen: false,
  enableXffClientPort: false,
  enableZonalShift: false,
  enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "",
  healthCheckLogs: [],
  idleTimeout: 60,
  internal: true,
  ipAddressType: "ipv4",
  ipamPools: [],
  loadBalancerType: "application",
  preserveHostHeader: false,
  securityGroups: [],
  subnets: [],
  xffHeaderProcessingMode: "append",
};
