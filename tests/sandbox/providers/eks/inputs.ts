/** Inputs of an `eks.Cluster` that makes the cluster and nothing beside it. */
export const INPUTS: Readonly<Record<string, unknown>> = {
  name: "live",
  vpcId: "vpc-1",
  publicSubnetIds: ["subnet-public"],
  privateSubnetIds: ["subnet-private"],
  serviceRole: { arn: "arn:aws:iam::123456789012:role/live-cluster" },
  version: "1.34",
  authenticationMode: "API",
  endpointPrivateAccess: true,
  endpointPublicAccess: false,
  encryptionConfigKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1",
  kubernetesServiceIpAddressRange: "172.20.0.0/16",
  skipDefaultNodeGroup: true,
  skipDefaultSecurityGroups: true,
  useDefaultVpcCni: true,
  kubeProxyAddonOptions: { enabled: false },
};
