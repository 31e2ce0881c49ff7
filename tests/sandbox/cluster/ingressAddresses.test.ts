import { strict as assert } from "node:assert";

import { parse, parseAllDocuments } from "yaml";

import { addressStages } from "../../../sandbox/cluster/ingressAddresses";

interface Stage {
  metadata: { name: string };
  spec: {
    selector: { matchExpressions: { key: string; operator: string; values?: string[] }[] };
    next: { statusTemplate: string };
  };
}

const stages = parseAllDocuments(addressStages("10.0.0.1")).map((it) => it.toJS() as Stage);

/** What a stage says of classes: each Ingress must be one stage's, and no other's. */
function classes({ spec }: Stage): string {
  const { operator, values } =
    spec.selector.matchExpressions.find(({ key }) => key === ".spec.ingressClassName") ?? {};
  return `${operator ?? ""} ${values?.join() ?? ""}`;
}

describe("addressStages", () => {
  const [first, second] = stages;
  assert.ok(first !== undefined && second !== undefined && stages.length === 2);

  it("gives an Ingress of class alb a hostname, and any other an address", () => {
    assert.deepEqual([classes(first), classes(second)], ["NotIn alb", "In alb"]);
    assert.deepEqual(parse(first.spec.next.statusTemplate), {
      loadBalancer: { ingress: [{ ip: "10.0.0.1" }] },
    });
    assert.match(second.spec.next.statusTemplate, /"hostname":".*\.elb\.amazonaws\.com"/);
  });

  it("keeps an address that is there, and leaves alone what is being deleted", () => {
    for (const { spec } of stages) {
      assert.deepEqual(
        spec.selector.matchExpressions
          .filter(({ operator }) => operator === "DoesNotExist")
          .map(({ key }) => key),
        [".metadata.deletionTimestamp", ".status.loadBalancer.ingress"],
      );
    }
  });
});
