import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { endpointProblems, vpcEndpoints } from "../../../components/live/vpcEndpoints";
import { only, runProgram, type ProgramResult } from "../../support/program";

const ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";

function runEndpoints(interfaceEndpoints: string[]): Promise<ProgramResult> {
  return runProgram(() => {
    const parent = new pulumi.ComponentResource("test:Parent", "parent");
    const made = vpcEndpoints(
      "net",
      {
        clusterName: "blue",
        region: "eu-central-1",
        vpcId: "vpc-1",
        cidr: "10.80.0.0/16",
        routeTableIds: ["rtb-1", "rtb-2"],
        subnetIds: ["subnet-1", "subnet-2"],
        interfaceEndpoints,
      },
      { parent },
    );
    return Promise.resolve({
      made: made.map(({ urn }) => urn.apply((text) => text.split("::").at(-1))),
    });
  });
}

describe("vpcEndpoints", () => {
  it("lead to S3 from every private subnet, and to nothing else unless asked", async () => {
    const result = await runEndpoints([]);
    assert.deepEqual(only(result, ENDPOINT).inputs, {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-central-1.s3",
      vpcEndpointType: "Gateway",
      routeTableIds: ["rtb-1", "rtb-2"],
      tags: { Name: "blue-s3" },
    });
    assert.ok(!result.resources.some(({ type }) => type.includes("ecurityGroup")));
  });

  it("put an interface for a service into every private subnet, under the service's own name", async () => {
    const result = await runEndpoints(["ecr.api", "ecr.dkr"]);
    assert.deepEqual(only(result, ENDPOINT, "net-ecr.api").inputs, {
      vpcId: "vpc-1",
      serviceName: "com.amazonaws.eu-central-1.ecr.api",
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupIds: ["net-endpoints-id"],
      tags: { Name: "blue-ecr.api" },
    });
    only(result, ENDPOINT, "net-ecr.dkr");
    assert.deepEqual(result.outputs["made"], ["net-s3", "net-ecr.api", "net-ecr.dkr"]);
  });

  it("let in https from the VPC, and nobody else", async () => {
    const result = await runEndpoints(["sts"]);
    const rule = only(result, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.deepEqual(rule.inputs, {
      securityGroupId: "net-endpoints-id",
      description: "https, from the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "10.80.0.0/16",
    });
  });

  it("are never there without being let into, as their names lead nowhere else", async () => {
    const result = await runEndpoints(["sts"]);
    const { urn } = only(result, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    assert.ok(only(result, ENDPOINT, "net-sts").dependencies.includes(urn));
  });
});

describe("endpointProblems", () => {
  it("are none of services that differ", () => {
    assert.deepEqual(endpointProblems(["ecr.api", "ecr.dkr"]), []);
  });

  it("are a service that is there twice, and S3, which is there anyway", () => {
    const problems = endpointProblems(["sts", "s3", "ec2", "sts"]);
    assert.deepEqual(
      problems.map(({ key, given }) => [key, given]),
      [
        ["interfaceEndpoints", "s3"],
        ["interfaceEndpoints", "sts"],
      ],
    );
  });
});
