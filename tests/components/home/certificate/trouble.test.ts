import { strict as assert } from "node:assert";

import { explain, named, ownMend, quoted } from "../../../../components/home/certificate/trouble";
import { PLACE } from "../../../support/certManager";

const CAUSES = [
  { says: /moon/, is: "the moon is full", mend: () => "wait", inIssuer: true },
  { says: /sun/, is: "the sun is out", mend: () => "wait" },
];
const THEIRS = { ...PLACE, ownsIssuer: false };

describe("explain", () => {
  it("has a line for each thing that is known", () => {
    assert.equal(
      explain({ is: "it", seen: "that", mend: "this", look: "there" }, "then"),
      "  cause: it\n  seen:  that\n  mend:  this\n  look:  there\n  again: then",
    );
    assert.equal(explain({ is: "it", look: "there" }), "  cause: it\n  look:  there");
  });
});

describe("named", () => {
  it("names the cause, quotes the object, and says what to do", () => {
    assert.deepEqual(named("Order a", "a moon", CAUSES, PLACE, "look"), {
      is: "the moon is full",
      seen: "Order a: a moon",
      mend: "wait",
      look: "look",
    });
  });

  it("gives the object's own words where it does not know what they mean", () => {
    assert.deepEqual(named("Order a", "42", CAUSES, PLACE, "look"), {
      is: "cert-manager says why",
      seen: "Order a: 42",
      look: "look",
    });
  });

  it("has nobody set what is in an issuer that the stack did not make", () => {
    const mend = "in the ClusterIssuer letsencrypt-staging, which is not this stack's";
    assert.equal(named("Order a", "a moon", CAUSES, THEIRS, "look").mend, mend);
    assert.equal(named("Order a", "a sun", CAUSES, THEIRS, "look").mend, "wait");
    assert.equal(ownMend(PLACE, "wait"), "wait");
  });
});

describe("quoted", () => {
  it("is one line, and not too long a one", () => {
    assert.equal(quoted("A", " b \n\t c "), "A: b c");
    assert.equal(quoted("A", "x".repeat(700)).length, "A: ".length + 601);
  });
});
