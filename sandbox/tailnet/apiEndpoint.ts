import { run } from "../../host/run";
import { hasNamespace } from "../cluster/namespaces";
import { EKS_HOST } from "../cluster/topology";
import { VPC } from "./places";

/** The private endpoint of the cluster's API, as the stack and whoever runs it know it. */
export const ENDPOINT = { url: `https://${EKS_HOST}`, port: 443 } as const;

/** Where the API server listens, in the network namespace of its node. */
export interface ApiServer {
  address: string;
  port: number;
}

const TABLE = "k8s-test-endpoint";

/**
 * Has the API server answer in the VPC. EKS puts network interfaces there that lead to a control plane
 * in an account of its own; here it is a rule of nftables in the node.
 *
 * @param namespace of the node, which is the VPC.
 */
export async function openEndpoint(namespace: string, { address, port }: ApiServer): Promise<void> {
  const rule = `ip daddr ${VPC.host} tcp dport ${String(ENDPOINT.port)} dnat to ${address}:${String(port)}`;
  const input = `table ip ${TABLE} {
  chain prerouting {
    type nat hook prerouting priority dstnat;
    ${rule}
  }
}
`;
  await nft(namespace, input);
}

/** Has it answer there no more; does nothing where the node or the rule is gone. */
export async function closeEndpoint(namespace: string): Promise<void> {
  if (!(await hasNamespace(namespace))) return;
  // To delete what is not there is an error; to add what is there is none.
  await nft(namespace, `add table ip ${TABLE}\ndelete table ip ${TABLE}\n`);
}

async function nft(namespace: string, input: string): Promise<void> {
  await run("ip", ["netns", "exec", namespace, "nft", "-f", "-"], { input });
}
