import { strict as assert } from "node:assert";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { routes } from "../../../components/live/routes";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";

/** The routes of three zones. */
function runRoutes(nat: string): Promise<ProgramResult> {
  return runProgram(() => {
    const parent = new pulumi.ComponentResource("test:Parent", "parent");
    const subnets = (kind: string): aws.ec2.Subnet[] =>
      [0, 1, 2].map((zone) => new aws.ec2.Subnet(`${kind}-${String(zone)}`, { vpcId: "vpc-1" }));
    const { tables, ready } = routes(
      "net",
      {
        clusterName: "blue",
        vpcId: "vpc-1",
        publicSubnets: subnets("public"),
        privateSubnets: subnets("private"),
        nat,
      },
      { parent },
    );
    return Promise.resolve({
      tables: tables.map(({ id }) => id),
      ready: ready.map(({ urn }) => urn.apply((text) => text.split("::").at(-1))),
    });
  });
}

/** Where the subnets of a kind send what is for the internet, by subnet. */
function ways(result: ProgramResult, kind: string): [unknown, unknown][] {
  return result.resources
    .filter(({ type }) => type === ASSOCIATION)
    .filter((association) => String(at(association, "subnetId")).startsWith(kind))
    .map((association) => {
      const found = result.resources.filter(
        (resource) =>
          resource.type === "aws:ec2/route:Route" &&
          at(resource, "routeTableId") === at(association, "routeTableId"),
      );
      assert.equal(found.length, 1);
      const [route] = found;
      assert.ok(route);
      assert.equal(at(route, "destinationCidrBlock"), "0.0.0.0/0");
      return [at(association, "subnetId"), at(route, "natGatewayId") ?? at(route, "gatewayId")];
    });
}

describe("routes", () => {
  let perZone: ProgramResult;
  before(async () => {
    perZone = await runRoutes("perZone");
  });

  it("lead from public subnets to the internet", () => {
    assert.deepEqual(ways(perZone, "public"), [
      ["public-0-id", "net-id"],
      ["public-1-id", "net-id"],
      ["public-2-id", "net-id"],
    ]);
  });

  it("lead from each private subnet to the NAT gateway of its own zone", () => {
    assert.deepEqual(ways(perZone, "private"), [
      ["private-0-id", "net-0-id"],
      ["private-1-id", "net-1-id"],
      ["private-2-id", "net-2-id"],
    ]);
    for (const zone of [0, 1, 2]) {
      const gateway = only(perZone, "aws:ec2/natGateway:NatGateway", `net-${String(zone)}`);
      assert.equal(at(gateway, "subnetId"), `public-${String(zone)}-id`);
    }
    assert.deepEqual(perZone.outputs["tables"], [
      "net-private-0-id",
      "net-private-1-id",
      "net-private-2-id",
    ]);
  });

  it("lead from all private subnets to one NAT gateway where that is enough", async () => {
    const single = await runRoutes("single");
    assert.deepEqual(ways(single, "private"), [
      ["private-0-id", "net-0-id"],
      ["private-1-id", "net-0-id"],
      ["private-2-id", "net-0-id"],
    ]);
    assert.equal(only(single, "aws:ec2/eip:Eip").name, "net-0");
    assert.deepEqual(single.outputs["ready"], [
      "net-private-0",
      "net-private-0-0",
      "net-private-0-1",
      "net-private-0-2",
    ]);
  });

  it("have no NAT gateway before its own subnet reaches the internet, nor after it", () => {
    const toInternet = only(perZone, "aws:ec2/route:Route", "net-public");
    for (const zone of ["0", "1", "2"]) {
      const { dependencies } = only(perZone, "aws:ec2/natGateway:NatGateway", `net-${zone}`);
      const association = only(perZone, ASSOCIATION, `net-public-${zone}`);
      assert.ok(dependencies.includes(toInternet.urn));
      assert.ok(dependencies.includes(association.urn));
    }
  });

  it("wait, each of them, for what the component waits for", async () => {
    const run = await runProgram(() => {
      const first = new aws.ec2.Vpc("first", {});
      const parent = new pulumi.ComponentResource("test:Parent", "parent");
      const subnet = [new aws.ec2.Subnet("subnet", { vpcId: first.id })];
      routes(
        "net",
        {
          clusterName: "blue",
          vpcId: "vpc-1",
          publicSubnets: subnet,
          privateSubnets: subnet,
          nat: "single",
        },
        { parent, dependsOn: first },
      );
      return Promise.resolve({});
    });
    const { urn } = only(run, "aws:ec2/vpc:Vpc");
    const made = run.resources.filter(({ name }) => name.startsWith("net"));
    assert.equal(made.length, 9);
    for (const { name, type, dependencies } of made) {
      assert.ok(dependencies.includes(urn), `${type} ${name}`);
    }
  });
});
