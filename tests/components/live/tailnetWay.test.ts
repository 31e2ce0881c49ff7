import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { TailnetWay } from "../../../components/live/tailnetWay";
import { liveMocks } from "../../support/live";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

function runWay(approval: string, splitDns = false): Promise<ProgramResult> {
  return runProgram(
    () => {
      const way = new TailnetWay("way", {
        clusterName: "blue",
        region: "eu-central-1",
        network: {
          vpcId: pulumi.output("vpc-1"),
          cidrBlock: pulumi.output("10.80.0.0/16"),
          privateSubnetIds: pulumi.output(["subnet-1"]),
        },
        cluster: {
          endpoint: pulumi.output("https://0123.example.com"),
          securityGroupId: pulumi.output("sg-1"),
        },
        tailnet: {
          tag: "tag:router",
          size: 1,
          instanceType: "t4g.nano",
          approval,
          splitDns,
          waitSeconds: 600,
        },
      });
      const ready = way.ready.map(({ urn }) => urn);
      return Promise.resolve({ ready, policySnippet: way.policySnippet });
    },
    liveMocks({ endpoint: "https://0123.example.com", certificateAuthority: "Q0E=" }),
  );
}

const GROUP = "aws:autoscaling/group:Group";
const POLICY = "tailscale:index/acl:Acl";
const SPLIT_DNS = "tailscale:index/dnsSplitNameservers:DnsSplitNameservers";

describe("TailnetWay", () => {
  it("leaves the tailnet's policy file alone, and says what it must have in it", async () => {
    const result = await runWay("manual");
    assert.ok(!result.resources.some(({ type }) => type === POLICY));
    assert.match(String(result.outputs["policySnippet"]), /"10\.80\.0\.0\/16"/);
  });

  it("changes the policy file before the router joins, where that is the stack's to do", async () => {
    const result = await runWay("policy");
    const group = only(result, GROUP);
    const policy = only(result, POLICY);
    assert.ok(group.dependencies.includes(policy.urn));
    assert.ok((result.outputs["ready"] as string[]).includes(policy.urn));
  });

  it("routes to the VPC, and leads to the cluster's group", async () => {
    const result = await runWay("manual");
    const rule = only(result, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.equal(at(rule, "securityGroupId"), "sg-1");
    const ready = result.outputs["ready"] as string[];
    assert.ok(ready.includes(rule.urn));
    assert.ok(ready.includes(only(result, GROUP).urn));
  });

  it("resolves the API's very name by the VPC's resolver, once the router is there", async () => {
    const result = await runWay("manual", true);
    const dns = only(result, SPLIT_DNS);
    assert.deepEqual(dns.inputs, { domain: "0123.example.com", nameservers: ["10.80.0.2"] });
    assert.ok(dns.dependencies.includes(only(result, GROUP).urn));
    assert.ok((result.outputs["ready"] as string[]).includes(dns.urn));
  });
});
