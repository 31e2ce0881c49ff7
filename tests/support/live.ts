import { cloudCalls, cloudOutputs, clusterOutputs } from "../../scripts/cloudMocks";
import type { ApiStandIn } from "./apiStandIn";
import type { ProgramOptions } from "./program";

/** What the load balancer controller writes into an Ingress. */
const ALB = "k8s-httpbin-httpbin-1.eu-central-1.elb.amazonaws.com";

/** A network that is there already: any VPC, with a subnet in another zone for each id. */
const EXISTING_NETWORK: NonNullable<ProgramOptions["calls"]> = {
  "aws:ec2/getVpc:getVpc": ({ id }) => ({
    id,
    cidrBlock: "10.0.0.0/16",
    enableDnsSupport: true,
    enableDnsHostnames: true,
  }),
  "aws:ec2/getSubnet:getSubnet": ({ id }) => {
    const digit = Number.parseInt(String(id).slice(-1), 16);
    return {
      id,
      vpcId: "vpc-0123456789abcdef0",
      availabilityZone: `eu-central-1-${String(digit)}`,
      cidrBlock: `10.0.${String(digit)}.0/24`,
    };
  },
};

/** The one router has joined the tailnet. */
const DEVICES: NonNullable<ProgramOptions["calls"]> = {
  "tailscale:index/getDevices:getDevices": ({ namePrefix }) => ({
    devices: [{ name: `${String(namePrefix)}1`, nodeId: "n1", created: "2026-01-01T00:00:00Z" }],
  }),
};

/**
 * Answers to all that the live platform asks and makes, by the table of the offline clouds.
 *
 * @param api - Answers where the cluster's API would: the platform asks it.
 */
export function liveMocks(
  api: Pick<ApiStandIn, "endpoint" | "certificateAuthority">,
): Required<Pick<ProgramOptions, "calls" | "outputs">> {
  return {
    calls: { ...cloudCalls, ...EXISTING_NETWORK, ...DEVICES },
    outputs: {
      ...cloudOutputs,
      ...clusterOutputs({
        endpoint: api.endpoint,
        certificateAuthority: { data: api.certificateAuthority },
      }),
      "kubernetes:networking.k8s.io/v1:Ingress": () => ({
        status: { loadBalancer: { ingress: [{ hostname: ALB }] } },
      }),
    },
  };
}
