import { at, isObject, type JsonObject } from "../../skeleton/json";
import { find, known, knownList, text, type Subject } from "../cloudType";
import { arn, ec2Id, hex, uuid } from "../identifiers";
import { dnsSuffix } from "../places";

/** A certificate authority that is none, for clusters that nothing answers for. */
const NO_AUTHORITY = Buffer.from(
  "-----BEGIN CERTIFICATE-----\nsimulated\n-----END CERTIFICATE-----\n",
);

/** Version that EKS takes where none is given. */
const DEFAULT_VERSION = "1.34";

/** What EKS adds to a cluster. Its API answers where the world says, or nowhere. */
export function clusterState(subject: Subject): JsonObject {
  const { place, seed, inputs, before, api, now } = subject;
  const name = text(inputs, "name");
  const id = hex(`cluster ${seed}`, 32).toUpperCase();
  const host = `${place.region}.eks.${dnsSuffix(place)}`;
  const authority = api?.certificateAuthority ?? NO_AUTHORITY.toString("base64");
  return {
    arn: arn(place, "eks", `cluster/${name}`),
    accessConfig: {
      authenticationMode: "CONFIG_MAP",
      bootstrapClusterCreatorAdminPermissions: true,
    },
    bootstrapSelfManagedAddons: true,
    certificateAuthority: { data: authority },
    clusterId: "",
    createdAt: before?.["createdAt"] ?? now,
    deletionProtection: false,
    endpoint: api?.endpoint ?? `https://${id}.gr7.${host}`,
    identities: [
      { oidcs: [{ issuer: `https://oidc.eks.${place.region}.${dnsSuffix(place)}/id/${id}` }] },
    ],
    kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
    platformVersion: "eks.1",
    status: "ACTIVE",
    upgradePolicy: { supportType: "EXTENDED" },
    version: DEFAULT_VERSION,
    vpcConfig: {
      clusterSecurityGroupId: ec2Id("sg", `cluster ${seed}`),
      controlPlaneEgressMode: "AWS_MANAGED",
      endpointPrivateAccess: false,
      endpointPublicAccess: true,
      publicAccessCidrs:
        at(inputs, "vpcConfig", "endpointPublicAccess") === false ? [] : ["0.0.0.0/0"],
      vpcId: vpcOf(subject) ?? ec2Id("vpc", uuid(seed)),
    },
  };
}

/** Why EKS refuses a cluster: what it asks of subnets, of the log group and of a step of versions. */
export function clusterRefusal(subject: Subject): string | undefined {
  const { inputs, existence, before } = subject;
  const subnets = existence
    .all("aws:ec2/subnet:Subnet")
    .filter(({ id }) => knownList(inputs, "vpcConfig", "subnetIds").includes(id));
  const zones = new Set(subnets.map(({ state }) => state["availabilityZone"]));
  if (zones.size < 2) {
    return "InvalidParameterException: Subnets specified must be in at least two different AZs";
  }
  const [from, to] = [minor(before?.["version"]), minor(inputs["version"])];
  if (from !== undefined && to !== undefined && from !== to && to !== from + 1) {
    return (
      `InvalidParameterException: Unsupported Kubernetes minor version update from 1.${String(from)} ` +
      `to 1.${String(to)}`
    );
  }
  return undefined;
}

function minor(version: unknown): number | undefined {
  return typeof version === "string" ? Number(version.split(".")[1]) : undefined;
}

function vpcOf({ inputs, existence }: Subject): string | undefined {
  const [first] = knownList(inputs, "vpcConfig", "subnetIds");
  const subnet = find(existence, "aws:ec2/subnet:Subnet", "id", first);
  return isObject(subnet?.state) ? known(subnet.state, "vpcId") : undefined;
}
