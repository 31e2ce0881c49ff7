import { at, given, is, listAt, UNKNOWN, type Value } from "../inputs";
import { INSTANCES } from "../instances";
import type { RegisteredResource, ResourceRule } from "../rule";

const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** Disks are encrypted. */
export const disksEncrypted: ResourceRule = {
  name: "disks-encrypted",
  demands: "Disks of instances are encrypted.",
  why: "a snapshot that is shared, or a disk that is reused, would show what was on it",
  allowed: "encrypted true for each disk, all of them named in the launch template",
  mend: () =>
    "name the disk, encrypted, in the launch template: components/live/nodes.ts, components/live/router/routerInstances.ts",
  types: [TEMPLATE, ...INSTANCES, "aws:ebs/volume:Volume"],
  judge: (resource) => {
    if (resource.type === TEMPLATE) return ofTemplate(resource);
    return INSTANCES.includes(resource.type) ? ofInstance(resource) : ofVolume(resource);
  },
};

function ofTemplate({ inputs }: RegisteredResource): string[] {
  const disks = listAt(inputs, "blockDeviceMappings");
  if (disks.length === 0 && at(inputs, "blockDeviceMappings") !== UNKNOWN) {
    return ["no disk is named, so that those of the image are as the image has them"];
  }
  return disks
    .map((disk) => [at(disk, "deviceName"), at(disk, "ebs.encrypted")] as const)
    .filter(([, encrypted]) => !is(encrypted, true))
    .map(([device, encrypted]) => `${nameOf(device)}: ${given("ebs.encrypted", encrypted)}`);
}

function ofInstance({ inputs }: RegisteredResource): string[] {
  const root = at(inputs, "rootBlockDevice.encrypted");
  return [
    ...(is(root, true) ? [] : [given("rootBlockDevice.encrypted", root)]),
    ...listAt(inputs, "ebsBlockDevices")
      .map((disk) => [at(disk, "deviceName"), at(disk, "encrypted")] as const)
      .filter(([, encrypted]) => !is(encrypted, true))
      .map(([device, encrypted]) => `${nameOf(device)}: ${given("encrypted", encrypted)}`),
  ];
}

function ofVolume({ inputs }: RegisteredResource): string[] {
  const encrypted = at(inputs, "encrypted");
  return is(encrypted, true) ? [] : [given("encrypted", encrypted)];
}

function nameOf(device: Value | undefined): string {
  return typeof device === "string" ? device : "a disk";
}
