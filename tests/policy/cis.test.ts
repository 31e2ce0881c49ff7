import { strict as assert } from "node:assert";

import { CIS_ITEMS } from "../../policy/cis";
import { RULES } from "../../policy/rules";

describe("the items of the CIS EKS Benchmark", () => {
  it("are the 31 of sections 4 and 5, each once and in their order", () => {
    const items = CIS_ITEMS.map(({ item }) => item);
    assert.equal(items.length, 31);
    assert.deepEqual([...new Set(items)].sort(), items);
    const sections = (section: string): number =>
      items.filter((item) => item.startsWith(`${section}.`)).length;
    assert.deepEqual(
      ["4.1", "4.2", "4.3", "4.4", "4.5", "5.1", "5.2", "5.3", "5.4", "5.5"].map(sections),
      [8, 5, 2, 2, 2, 4, 1, 1, 5, 1],
    );
  });

  it("are judged by a rule, or have a reason why not, and never both", () => {
    const judged = new Set(RULES.flatMap(({ cis = [] }) => cis));
    for (const { item, notJudged } of CIS_ITEMS) {
      assert.equal(judged.has(item), notJudged === undefined, item);
    }
    assert.ok(judged.size >= 20);
    const items = CIS_ITEMS.map(({ item }) => item);
    assert.deepEqual(
      [...judged].filter((item) => !items.includes(item)),
      [],
    );
  });
});
