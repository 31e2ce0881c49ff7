import { strict as assert } from "node:assert";

import { mermaidOf } from "../../../scripts/architecture/mermaid";

describe("mermaidOf", () => {
  it("draws the platform around its boxes, a line for each service, and the arrows", () => {
    const drawn = mermaidOf({
      platform: "HomePlatform",
      boxes: [
        {
          urn: "net",
          title: "Network",
          contents: { kms: { Key: 1 }, ec2: { Vpc: 1, Subnet: 4 } },
          ofPlatform: true,
        },
        { urn: "app", title: "App", contents: { k: { Pod: 1 } }, ofPlatform: false },
      ],
      edges: [["net", "app"]],
    });
    assert.deepEqual(drawn.split("\n").slice(2), [
      "flowchart TD",
      '  subgraph platform["HomePlatform"]',
      '    b1["<b>Network</b><br>ec2: 4 Subnet, Vpc<br>kms: Key"]',
      "  end",
      '  b2["<b>App</b><br>k: Pod"]',
      "  b1 --> b2",
      "```",
    ]);
  });

  it("breaks a line that would be long", () => {
    const kinds = { AccessPolicyAssociation: 1, RouteTableAssociation: 4 };
    const box = { urn: "a", title: "A", contents: { eks: kinds }, ofPlatform: false };
    const drawn = mermaidOf({ platform: "P", boxes: [box], edges: [] });
    assert.match(drawn, /eks: AccessPolicyAssociation,<br>4 RouteTableAssociation"/);
  });
});
