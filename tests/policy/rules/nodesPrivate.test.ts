import { strict as assert } from "node:assert";

import { INSTANCES } from "../../../policy/instances";
import { nodesPrivate } from "../../../policy/rules/nodesPrivate";
import { describeRule, foundOf } from "../../support/policy";

const template = { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "live-nodes" } as const;

describeRule(
  nodesPrivate,
  {
    "a subnet that gives its instances public addresses": {
      type: "aws:ec2/subnet:Subnet",
      name: "live-network-private-0",
      path: "mapPublicIpOnLaunch",
      value: true,
      found: "mapPublicIpOnLaunch is true",
    },
    "an instance with a public address": {
      ...template,
      path: "networkInterfaces",
      value: [{ associatePublicIpAddress: "true" }],
      found: 'networkInterfaces.0.associatePublicIpAddress is "true"',
    },
    "a key to log in with": {
      ...template,
      path: "keyName",
      value: "anna",
      found: 'keyName is "anna"',
    },
    "nodes that are logged in to": {
      type: "aws:eks/nodeGroup:NodeGroup",
      path: "remoteAccess",
      value: { ec2SshKey: "anna" },
      found: 'remoteAccess is {"ec2SshKey":"anna"}',
    },
  },
  () => {
    for (const type of INSTANCES) {
      it(`forbids an ${type} with a public address, or a key to log in with`, async () => {
        const inputs = { associatePublicIpAddress: true, keyName: "anna" };
        assert.deepEqual(await foundOf(nodesPrivate, type, inputs), [
          "associatePublicIpAddress is true",
          'keyName is "anna"',
        ]);
      });
    }
  },
);
