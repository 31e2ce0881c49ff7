import { strict as assert } from "node:assert";

import { INSTANCES } from "../../../policy/instances";
import { disksEncrypted } from "../../../policy/rules/disksEncrypted";
import { describeRule, foundOf } from "../../support/policy";

const nodes = { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "live-nodes" } as const;

describeRule(
  disksEncrypted,
  {
    "a disk in plain text": {
      ...nodes,
      path: "blockDeviceMappings.1.ebs.encrypted",
      value: "false",
      found: '/dev/xvdb: ebs.encrypted is "false"',
    },
    "a disk of which nothing is said": {
      ...nodes,
      path: "blockDeviceMappings.0.ebs.encrypted",
      found: "/dev/xvda: ebs.encrypted is not set",
    },
    "disks as the image has them": {
      ...nodes,
      path: "blockDeviceMappings",
      found: "no disk is named, so that those of the image are as the image has them",
    },
  },
  () => {
    for (const type of INSTANCES) {
      it(`forbids disks of an ${type} in plain text`, async () => {
        const inputs = { rootBlockDevice: { encrypted: true } };
        assert.deepEqual(await foundOf(disksEncrypted, type, inputs), []);
        const ebsBlockDevices = [{ deviceName: "/dev/sdb", encrypted: false }];
        assert.deepEqual(await foundOf(disksEncrypted, type, { ebsBlockDevices }), [
          "rootBlockDevice.encrypted is not set",
          "/dev/sdb: encrypted is false",
        ]);
      });
    }
  },
);
