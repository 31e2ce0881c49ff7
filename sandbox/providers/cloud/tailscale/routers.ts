import { numberAt, textAt, type JsonObject } from "../../skeleton/json";
import {
  find,
  known,
  knownList,
  text,
  type CloudRecord,
  type Existence,
  type Subject,
} from "../cloudType";
import { address, ec2Id, hex } from "../identifiers";
import { reachesInternet } from "../aws/nodeReadiness";

/** A device of the tailnet. */
export interface Device {
  id: string;
  nodeId: string;
  hostname: string;
  tags: string[];
  address: string;
  created: string;
}

/** What the user data of an instance says of the router that it becomes. */
interface Router {
  hostnamePrefix: string;
  tag: string | undefined;
  /** Name of the SSM parameter with the key to join with. */
  parameter: string | undefined;
  /** All of them, decoded. */
  userData: string;
}

const GROUP = "aws:autoscaling/group:Group";

/** Approvals of a device's routes. */
export const APPROVAL = "tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes";

/** Devices that joined: the instances of each group whose user data make routers of them. */
export function devices(existence: Existence): Device[] {
  return existence
    .all(GROUP)
    .filter(({ isReady }) => isReady)
    .flatMap((group) => joined(group, existence));
}

/** Approvals of routes that are the devices' of a group, and go with it. */
export function routesOf(group: CloudRecord, existence: Existence): CloudRecord[] {
  if (group.type !== GROUP) return [];
  const ids = joined(group, existence).flatMap(({ id, nodeId }) => [id, nodeId]);
  return existence
    .all(APPROVAL)
    .filter(({ state }) => ids.includes(textAt(state, "deviceId") ?? ""));
}

/** Why the instances of a group do not join the tailnet; undefined also where they are not to. */
export function routerUnready({ inputs, existence }: Subject): string | undefined {
  const router = routerOf(inputs, existence);
  if (router === undefined) return undefined;
  const closed = knownList(inputs, "vpcZoneIdentifiers").find(
    (id) => !reachesInternet(id, existence),
  );
  const hasKey =
    router.parameter === undefined ||
    find(existence, "aws:ssm/parameter:Parameter", "name", router.parameter) !== undefined;
  if (closed === undefined && hasKey) return undefined;
  const why =
    closed === undefined
      ? `there is no parameter ${String(router.parameter)} (yet)`
      : `from ${closed} there is no route to the internet (yet)`;
  return `${waitedInVain(inputs)}: ${why}`;
}

/** How many instances a group is to have. */
export function capacityOf(group: JsonObject): number {
  return numberAt(group, "desiredCapacity") ?? numberAt(group, "minSize") ?? 0;
}

/**
 * What the provider says of a group whose instances do not pass its lifecycle hook.
 *
 * @param have How many of them did.
 */
export function waitedInVain(inputs: JsonObject, have = 0): string {
  const wanted = capacityOf(inputs);
  const timeout = known(inputs, "waitForCapacityTimeout") ?? "10m0s";
  return (
    `waiting for Auto Scaling Group (${text(inputs, "name")}) capacity satisfied: timeout ` +
    `while waiting for state to become 'ok' (last state: 'want at least ${String(wanted)} healthy ` +
    `instance(s) in Auto Scaling Group, have ${String(have)}', timeout: ${timeout})`
  );
}

/** They are others once the launch template is another version. */
function joined({ state, seed, changed }: CloudRecord, existence: Existence): Device[] {
  const router = routerOf(state, existence);
  if (router === undefined) return [];
  const version = textAt(state, "launchTemplate", "version") ?? "";
  return Array.from({ length: capacityOf(state) }, (_, index) => {
    const instance = `${seed} ${version} ${String(index)}`;
    return {
      id: String(parseInt(hex(`device ${instance}`, 13), 16)),
      nodeId: `n${hex(`node ${instance}`, 12)}CNTRL`,
      hostname: router.hostnamePrefix + ec2Id("i", instance),
      tags: router.tag === undefined ? [] : [router.tag],
      address: address("100.101", instance),
      created: changed,
    };
  });
}

/** The router that each instance of a group becomes; undefined where it becomes something else. */
export function routerOf(group: JsonObject, existence: Existence): Router | undefined {
  const id = known(group, "launchTemplate", "id");
  const template = find(existence, "aws:ec2/launchTemplate:LaunchTemplate", "id", id);
  const userData = Buffer.from(textAt(template?.state, "userData") ?? "", "base64").toString();
  const variable = (name: string): string | undefined =>
    new RegExp(`\\b\\w*${name}=(\\S+)`).exec(userData)?.[1];
  const hostnamePrefix = variable("HOSTNAME_PREFIX");
  if (hostnamePrefix === undefined) return undefined;
  return { hostnamePrefix, tag: variable("_TAG"), parameter: variable("_PARAMETER"), userData };
}
