import { strict as assert } from "node:assert";

import {
  at,
  given,
  is,
  listAt,
  mapAt,
  parsed,
  textAt,
  UNKNOWN,
  type Values,
} from "../../policy/inputs";

const INPUTS: Values = {
  list: [{ name: "a" }, UNKNOWN],
  map: { later: UNKNOWN, size: 3 },
  text: "t",
};

describe("the inputs of a resource", () => {
  it("are found by their path, through lists and maps", () => {
    assert.equal(at(INPUTS, "list.0.name"), "a");
    assert.equal(at(INPUTS, "map.size"), 3);
    assert.equal(at(INPUTS, "map.none.deeper"), undefined);
    assert.equal(at(INPUTS, "text.deeper"), undefined);
  });

  it("are not known below what is not known yet", () => {
    assert.equal(at(INPUTS, "map.later.deeper"), UNKNOWN);
    assert.deepEqual(listAt(INPUTS, "list"), [{ name: "a" }]);
    assert.deepEqual(mapAt(INPUTS, "map.later"), {});
    assert.equal(textAt(INPUTS, "map.later"), undefined);
  });

  it("are as wanted also where they are texts of it, or not known yet; never where they are missing", () => {
    assert.ok(is("true", true));
    assert.ok(is(UNKNOWN, true));
    assert.ok(is("b", "a", "b"));
    assert.ok(!is(undefined, "undefined"));
    assert.ok(!is({}, "[object Object]"));
    assert.ok(!is(null, "null"));
  });

  it("may be documents", () => {
    assert.deepEqual(parsed('{"a":[1]}'), { a: [1] });
    assert.deepEqual(parsed({ a: 1 }), { a: 1 });
    assert.equal(parsed("not JSON"), undefined);
    assert.equal(parsed(UNKNOWN), undefined);
  });

  it("are said as they are", () => {
    assert.equal(given("spec.replicas", 3), "spec.replicas is 3");
    assert.equal(given("spec.replicas", undefined), "spec.replicas is not set");
  });
});
