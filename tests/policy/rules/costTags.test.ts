import { strict as assert } from "node:assert";

import { judge } from "../../../policy/rule";
import { costTags } from "../../../policy/rules/costTags";
import { describeRule, registeredStacks } from "../../support/policy";

describeRule(
  costTags,
  {
    "a provider without tags": {
      type: "pulumi:providers:aws",
      path: "defaultTags",
      found: "defaultTags without Cluster, ManagedBy, Project",
    },
    "a provider with some of them": {
      type: "pulumi:providers:aws",
      path: "defaultTags",
      value: '{"tags":{"Cluster":"live","Project":"k8s-test"}}',
      found: "defaultTags without ManagedBy",
    },
    "disks of nodes without a tag": {
      type: "aws:ec2/launchTemplate:LaunchTemplate",
      name: "live-nodes",
      path: "tagSpecifications",
      value: [{ resourceType: "instance", tags: { Cluster: "live" } }],
      found: "tagSpecifications without Cluster for volume",
    },
    "a router whose tag stays with its group": {
      type: "aws:autoscaling/group:Group",
      path: "tags",
      value: [{ key: "Cluster", value: "live", propagateAtLaunch: false }],
      found: "no tag Cluster that is propagated at launch",
    },
  },
  () => {
    it("leaves a provider alone by which nothing is made", async () => {
      const all = (await registeredStacks()).get("live") ?? assert.fail();
      const idle = {
        urn: "urn:pulumi:live::k::p::default",
        type: "pulumi:providers:aws",
        name: "default",
        inputs: {},
      };
      assert.deepEqual(await judge(costTags, [...all, idle]), []);
    });
  },
);
