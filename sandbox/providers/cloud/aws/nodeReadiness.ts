import { objectsAt } from "../../skeleton/json";
import { find, known, knownList, type Existence, type Subject } from "../cloudType";

/** Add-ons of which a pod must run for the add-on to become active. */
const NEED_NODES = ["coredns", "metrics-server"];

/** Why the nodes of a group do not become ready. */
export function nodesUnready({ inputs, existence }: Subject): string | undefined {
  const clusterName = known(inputs, "clusterName");
  const cluster = find(existence, "aws:eks/cluster:Cluster", "name", clusterName);
  const addons = existence
    .all("aws:eks/addon:Addon")
    .filter(({ state }) => state["clusterName"] === clusterName)
    .map(({ state }) => state["addonName"]);
  const hasNetworking =
    cluster?.state["bootstrapSelfManagedAddons"] !== false || addons.includes("vpc-cni");
  const closed = knownList(inputs, "subnetIds").find((id) => !reachesInternet(id, existence));
  if (closed !== undefined) {
    return (
      "NodeCreationFailure: Instances failed to join the kubernetes cluster: from " +
      `${closed} there is no route to the internet (yet)`
    );
  }
  return hasNetworking
    ? undefined
    : "NodeCreationFailure: Unhealthy nodes in the kubernetes cluster: there is no vpc-cni (yet)";
}

/** Why an add-on does not become active. */
export function workloadUnready({ inputs, existence }: Subject): string | undefined {
  const [addon, clusterName] = [known(inputs, "addonName") ?? "", known(inputs, "clusterName")];
  if (!NEED_NODES.includes(addon)) return undefined;
  const hasNodes = existence
    .all("aws:eks/nodeGroup:NodeGroup")
    .some(({ state, isReady }) => isReady && state["clusterName"] === clusterName);
  return hasNodes
    ? undefined
    : `unexpected state 'DEGRADED', wanted target 'ACTIVE'. last error: InsufficientNumberOfReplicas: ` +
        `${addon} has no node to run on (yet)`;
}

/** Whether what runs in a subnet can open connections to the internet. */
export function reachesInternet(subnetId: string, existence: Existence): boolean {
  const subnet = find(existence, "aws:ec2/subnet:Subnet", "id", subnetId);
  // What somebody else made is taken to be complete.
  if (subnet === undefined || subnet.urn === "") return true;
  const tableId = find(
    existence,
    "aws:ec2/routeTableAssociation:RouteTableAssociation",
    "subnetId",
    subnetId,
  )?.state["routeTableId"];
  const table = find(existence, "aws:ec2/routeTable:RouteTable", "id", tableId);
  const isDefault = (cidr: unknown): boolean => cidr === "0.0.0.0/0";
  return (
    objectsAt(table?.state, "routes").some((route) => isDefault(route["cidrBlock"])) ||
    existence
      .all("aws:ec2/route:Route")
      .some(
        ({ state }) =>
          state["routeTableId"] === tableId && isDefault(state["destinationCidrBlock"]),
      )
  );
}
