import { strict as assert } from "node:assert";

import { headingOf, shownAs } from "../../../sandbox/dashboard/units";

describe("shownAs", () => {
  it("takes the largest form of a unit that the highest value comes to", () => {
    const unit = (name: string, highest: number): string => shownAs(name, highest).unit;
    assert.deepEqual(
      [0, 0.04, 1, 59, 60, 7200, 90 * 86_400].map((highest) => unit("s", highest)),
      ["ms", "ms", "s", "s", "minutes", "hours", "days"],
    );
    assert.deepEqual(
      [0, 1023, 1024, 40 * 2 ** 20, 2 ** 30].map((highest) => unit("bytes", highest)),
      ["bytes", "bytes", "KiB", "MiB", "GiB"],
    );
  });

  it("says what to divide by, so that what is shown is the same amount", () => {
    const shown = (name: string, value: number): number => value / shownAs(name, value).divisor;
    assert.equal(shown("bytes", 204 * 2 ** 20), 204);
    assert.equal(shown("s", 89 * 86_400), 89);
    assert.equal(shown("s", 0.25), 250);
    assert.equal(shown("percentunit", 0.05), 5);
    assert.equal(shown("percent", 50), 50);
    assert.equal(shown("reqps", 45), 45);
  });

  it("leaves a unit that it does not know as it is", () => {
    assert.deepEqual(shownAs("ops", 1e6), { divisor: 1, unit: "ops" });
  });
});

describe("headingOf", () => {
  it("names the unit once", () => {
    assert.equal(headingOf("Latency", "ms"), "Latency, ms");
    assert.equal(headingOf("Pods", ""), "Pods");
    assert.equal(
      headingOf("Requests per second and pod", "requests/s"),
      "Requests per second and pod",
    );
    assert.equal(headingOf("Traffic", "requests/s"), "Traffic, requests/s");
  });
});
