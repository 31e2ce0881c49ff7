/** Inputs of an `eks.Cluster` that its offline stand-in does something with. */
const USED: ReadonlySet<string> = new Set([
  "authenticationMode",
  "bootstrapSelfManagedAddons",
  "clusterTags",
  "deletionProtection",
  "enabledClusterLogTypes",
  "encryptionConfigKeyArn",
  "endpointPrivateAccess",
  "ipFamily",
  "kubernetesServiceIpAddressRange",
  "name",
  "privateSubnetIds",
  "providerCredentialOpts",
  "publicSubnetIds",
  "serviceRole",
  "subnetIds",
  "tags",
  "upgradePolicy",
  "version",
  "vpcId",
]);

/** Inputs that decide what is made beside the cluster, with the only value that is taken. */
const FIXED: readonly { key: string; value: unknown; otherwise: string }[] = [
  {
    key: "skipDefaultNodeGroup",
    value: true,
    otherwise: "a node group of the component's own would be made",
  },
  {
    key: "skipDefaultSecurityGroups",
    value: true,
    otherwise: "security groups of the component's own would be made",
  },
  { key: "useDefaultVpcCni", value: true, otherwise: "the add-on vpc-cni would be made" },
  {
    key: "kubeProxyAddonOptions",
    value: { enabled: false },
    otherwise: "the add-on kube-proxy would be made",
  },
  {
    key: "endpointPublicAccess",
    value: false,
    otherwise: "the component would wait for the public endpoint, which nobody simulates",
  },
];

/** Inputs that may be left out, and say the same as if they were where they have this value. */
const IDLE: Readonly<Record<string, unknown>> = {
  corednsAddonOptions: { enabled: false },
  createInstanceRole: false,
  createOidcProvider: false,
  fargate: false,
};

/**
 * What of the inputs the stand-in cannot do: it makes the cluster alone, and refuses whatever would
 * make the official component do more, as that would then not be seen here.
 */
export function inputProblems(inputs: Readonly<Record<string, unknown>>): string[] {
  const known = new Set([...USED, ...FIXED.map(({ key }) => key), ...Object.keys(IDLE)]);
  const unknown = Object.keys(inputs)
    .filter((key) => !known.has(key))
    .map((key) => `${key}: the offline provider does not do this; leave it out`);
  const fixed = FIXED.filter(({ key, value }) => !isSame(inputs[key], value)).map(
    ({ key, value, otherwise }) => `${key}: set it to ${JSON.stringify(value)}: else ${otherwise}`,
  );
  const idle = Object.entries(IDLE)
    .filter(([key, value]) => key in inputs && !isSame(inputs[key], value))
    .map(([key, value]) => `${key}: only ${JSON.stringify(value)} is taken, or nothing`);
  return [...fixed, ...idle, ...needed(inputs), ...unknown];
}

/** What must be there, or would be made up: the cluster's mode, its role and its network. */
function needed(inputs: Readonly<Record<string, unknown>>): string[] {
  const problems: string[] = [];
  if (inputs["authenticationMode"] !== "API") {
    problems.push('authenticationMode: set it to "API": else a ConfigMap aws-auth would be made');
  }
  if (inputs["serviceRole"] === undefined) {
    problems.push("serviceRole: give the cluster's role: else one of the component's own is made");
  }
  if (inputs["vpcId"] === undefined) {
    problems.push("vpcId: give the VPC: else the account's default VPC would be used");
  }
  const has = (key: string): boolean => inputs[key] !== undefined;
  if (has("subnetIds") && (has("publicSubnetIds") || has("privateSubnetIds"))) {
    problems.push("subnetIds: give either this, or publicSubnetIds and privateSubnetIds");
  }
  return problems;
}

/** Whether an input says what is wanted; of an object no more, as the SDK adds defaults to it. */
function isSame(given: unknown, wanted: unknown): boolean {
  if (typeof wanted !== "object" || wanted === null) return given === wanted;
  return Object.entries(wanted).every(
    ([key, value]) => (given as Record<string, unknown> | undefined)?.[key] === value,
  );
}
