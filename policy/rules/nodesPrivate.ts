import { at, given, is, listAt } from "../inputs";
import { INSTANCES } from "../instances";
import { each, type RegisteredResource, type ResourceRule } from "../rule";

const SUBNET = "aws:ec2/subnet:Subnet";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const GROUP = "aws:eks/nodeGroup:NodeGroup";

/** No instance has a public address, and none is logged in to. */
export const nodesPrivate: ResourceRule = {
  name: "nodes-private",
  demands: "Instances have no public address, and nodes no way in by SSH.",
  why: "what has a public address is found within minutes by who looks for open doors",
  allowed: "no mapPublicIpOnLaunch, no associatePublicIpAddress, no remoteAccess, no keyName",
  mend: () =>
    "leave it out: instances reach the internet by NAT, and a router is reached by tailnet",
  cis: ["5.4.3"],
  types: [SUBNET, TEMPLATE, GROUP, ...INSTANCES],
  judge: (resource) => JUDGES[resource.type]?.(resource) ?? [],
};

const JUDGES: Readonly<Record<string, (resource: RegisteredResource) => string[]>> = {
  ...Object.fromEntries(
    INSTANCES.map((type) => [
      type,
      ({ inputs }: RegisteredResource) =>
        ["associatePublicIpAddress", "keyName"].flatMap((key) => unset(inputs, key)),
    ]),
  ),
  [SUBNET]: ({ inputs }) => unset(inputs, "mapPublicIpOnLaunch"),
  [GROUP]: ({ inputs }) => unset(inputs, "remoteAccess"),
  [TEMPLATE]: ({ inputs }) => [
    ...unset(inputs, "keyName"),
    ...each(listAt(inputs, "networkInterfaces"), (card, index) => {
      const isPublic = at(card, "associatePublicIpAddress");
      return isPublic === undefined || is(isPublic, false)
        ? undefined
        : given(`networkInterfaces.${String(index)}.associatePublicIpAddress`, isPublic);
    }),
  ],
};

/** What is said of an input that is there, and is not false. */
function unset(inputs: RegisteredResource["inputs"], key: string): string[] {
  const value = at(inputs, key);
  return value === undefined || is(value, false, "") ? [] : [given(key, value)];
}
