import { strict as assert } from "node:assert";

import { INSTANCES } from "../../../policy/instances";
import { metadataService } from "../../../policy/rules/metadataService";
import { describeRule, foundOf } from "../../support/policy";

const nodes = { type: "aws:ec2/launchTemplate:LaunchTemplate", name: "live-nodes" } as const;
const router = { ...nodes, name: "live-tailnet-router" } as const;

describeRule(
  metadataService,
  {
    "IMDSv1 on nodes": {
      ...nodes,
      path: "metadataOptions.httpTokens",
      value: "optional",
      found: 'metadataOptions.httpTokens is "optional"',
    },
    "metadata of the router as the image has them": {
      ...router,
      path: "metadataOptions",
      found: [
        "metadataOptions.httpTokens is not set",
        "metadataOptions.httpPutResponseHopLimit is not set",
      ],
    },
    "nodes that are as EKS has them": {
      type: "aws:eks/nodeGroup:NodeGroup",
      path: "launchTemplate",
      found: "no launchTemplate, so that a pod is one of the two hops that EKS allows",
    },
    "metadata of a node in reach of its pods": {
      ...nodes,
      path: "metadataOptions.httpPutResponseHopLimit",
      value: 2,
      found: "metadataOptions.httpPutResponseHopLimit is 2",
    },
  },
  () => {
    for (const type of INSTANCES) {
      it(`forbids an ${type} with IMDSv1`, async () => {
        const metadataOptions = { httpTokens: "optional", httpPutResponseHopLimit: 1 };
        assert.deepEqual(await foundOf(metadataService, type, { metadataOptions }), [
          'metadataOptions.httpTokens is "optional"',
        ]);
      });
    }
  },
);
