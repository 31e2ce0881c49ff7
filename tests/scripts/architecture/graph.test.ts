import { strict as assert } from "node:assert";

import { graphOf } from "../../../scripts/architecture/graph";
import type { Registered } from "../../../scripts/architecture/registered";

const STACK = resource("stack", "pulumi:pulumi:Stack", "", { isComponent: true });
const PLATFORM = component("platform", "x:home:HomePlatform", "stack");

function resource(
  urn: string,
  type: string,
  parent: string,
  more: Partial<Registered> = {},
): Registered {
  return { urn, type, name: urn, parent, dependencies: [], isComponent: false, ...more };
}

function component(urn: string, type: string, parent: string): Registered {
  return resource(urn, type, parent, { isComponent: true });
}

describe("graphOf", () => {
  it("makes a box of each component that has resources, with what they are and how many", () => {
    const { platform, boxes } = graphOf([
      STACK,
      PLATFORM,
      component("net", "x:live:Network", "platform"),
      resource("vpc", "aws:ec2/vpc:Vpc", "net"),
      resource("a", "aws:ec2/subnet:Subnet", "net"),
      resource("b", "aws:ec2/subnet:Subnet", "net"),
      resource("key", "tailscale:index/tailnetKey:TailnetKey", "net"),
      component("app", "x:app:App", "stack"),
      resource("web", "kubernetes:apps/v1:Deployment", "app"),
    ]);
    assert.equal(platform, "HomePlatform");
    assert.deepEqual(boxes, [
      {
        urn: "app",
        title: "App",
        contents: { kubernetes: { Deployment: 1 } },
        ofPlatform: false,
      },
      {
        urn: "net",
        title: "Network",
        contents: { ec2: { Vpc: 1, Subnet: 2 }, tailscale: { TailnetKey: 1 } },
        ofPlatform: true,
      },
    ]);
  });

  it("draws what depends on what, and nothing that follows from it", () => {
    const chain = ["one", "two", "three"].map((name) => component(name, `x:y:${name}`, "platform"));
    const { edges } = graphOf([
      ...[STACK, PLATFORM, ...chain],
      resource("r1", "aws:ec2/vpc:Vpc", "one"),
      resource("r2", "aws:ec2/vpc:Vpc", "two", { dependencies: ["r1"] }),
      resource("r3", "aws:ec2/vpc:Vpc", "three", { dependencies: ["r1", "r2"] }),
      resource("r4", "aws:ec2/vpc:Vpc", "three", { dependencies: ["r3"] }),
    ]);
    assert.deepEqual(edges, [
      ["one", "two"],
      ["two", "three"],
    ]);
  });

  it("has a box for the provider of the cluster, and none for those of clouds", () => {
    const { boxes, edges } = graphOf([
      ...[STACK, PLATFORM],
      resource("aws", "pulumi:providers:aws", "stack"),
      resource("k8s", "pulumi:providers:kubernetes", "platform", { dependencies: ["aws"] }),
      component("app", "x:app:App", "stack"),
      resource("web", "kubernetes:apps/v1:Deployment", "app", { dependencies: ["k8s"] }),
    ]);
    assert.deepEqual(
      boxes.map(({ title, ofPlatform }) => [title, ofPlatform]),
      [
        ["App", false],
        ["Kubernetes provider", true],
      ],
    );
    assert.deepEqual(edges, [["k8s", "app"]]);
  });
});
