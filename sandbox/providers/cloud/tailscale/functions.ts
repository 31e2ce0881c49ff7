import type { JsonObject } from "../../skeleton/json";
import { find, known, text, type CloudFunction } from "../cloudType";
import { hex } from "../identifiers";
import { devices, type Device } from "./routers";

/** Domain of the tailnet that everything is on. */
const TAILNET = "sandbox.ts.net";

/** The policy file that a new tailnet has, in short. */
export const POLICY = '{\n\t"grants": [{"src": ["*"], "dst": ["*"], "ip": ["*"]}],\n}\n';

/** What a program can ask of a tailnet. */
export const tailscaleFunctions: Readonly<Record<string, CloudFunction>> = {
  "tailscale:index/getDevice:getDevice": (args, { existence }) => {
    const [hostname, name] = [known(args, "hostname"), known(args, "name")];
    const found = devices(existence).find(
      (device) => device.hostname === hostname || nameOf(device) === name,
    );
    const asked = hostname ?? name ?? "";
    if (found === undefined && existence.isKnown) {
      throw noDevice(asked);
    }
    return { ...args, ...described(found ?? imagined(asked)) };
  },

  "tailscale:index/getDevices:getDevices": (args, { existence }) => {
    const found = devices(existence).filter((device) => isFiltered(args, device));
    const id = hex(`devices ${text(args, "namePrefix")}`, 32);
    return { ...args, id, devices: found.map(described) };
  },

  "tailscale:index/getAcl:getAcl": (_args, { existence }) => {
    const policy = find(existence, "tailscale:index/acl:Acl", "id", "acl");
    const hujson = known(policy?.state ?? {}, "acl") ?? POLICY;
    return { id: "acl", hujson, json: hujson };
  },
};

/** Whether `getDevices` gives a device, by its name and its tags. */
export function isFiltered(args: JsonObject, device: Pick<Device, "hostname" | "tags">): boolean {
  return (
    device.hostname.startsWith(text(args, "namePrefix")) &&
    filterValues(args, "tags").every((tag) => device.tags.includes(tag))
  );
}

/** What `getDevice` says where there is none of a name. */
export function noDevice(name: string): Error {
  return new Error(`Failed to find device with name ${name}.`);
}

function nameOf({ hostname }: Device): string {
  return `${hostname}.${TAILNET}`;
}

/** The device that is meant, where none can be looked up. */
function imagined(hostname: string): Device {
  return {
    id: String(parseInt(hex(`device ${hostname}`, 13), 16)),
    nodeId: `n${hex(`node ${hostname}`, 12)}CNTRL`,
    hostname,
    tags: [],
    address: "100.101.102.103",
    created: "2026-01-01T00:00:00Z",
  };
}

function described(device: Device): JsonObject {
  const { id, nodeId, hostname, tags, created } = device;
  return {
    id,
    nodeId,
    hostname,
    name: nameOf(device),
    addresses: [device.address, `fd7a:115c:a1e0::${hex(id, 4)}`],
    authorized: true,
    blocksIncomingConnections: false,
    clientVersion: "1.98.0",
    created,
    expires: "0001-01-01T00:00:00Z",
    isExternal: false,
    // Devices with a tag have keys that do not expire.
    keyExpiryDisabled: tags.length > 0,
    lastSeen: created,
    machineKey: `mkey:${hex(`machine ${id}`, 64)}`,
    nodeKey: `nodekey:${hex(`key ${id}`, 64)}`,
    os: "linux",
    tags,
    tailnetLockError: "",
    tailnetLockKey: "",
    updateAvailable: false,
    user: tags.length > 0 ? "tagged-devices" : "somebody@example.com",
  };
}

function filterValues(args: JsonObject, name: string): string[] {
  const filters = Array.isArray(args["filters"]) ? args["filters"] : [];
  return filters.flatMap((filter) => {
    if (typeof filter !== "object" || filter === null || Array.isArray(filter)) return [];
    const values = filter["values"];
    return filter["name"] === name && Array.isArray(values) ? values.map(String) : [];
  });
}
