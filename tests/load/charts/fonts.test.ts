import { strict as assert } from "node:assert";

import { textWidth, wrap } from "../../../load/charts/fonts";

const STYLE = { size: 11 };

describe("textWidth", () => {
  it("is what the font says: ten zeros of DejaVu Sans are 6.36 times its size", () => {
    const width = textWidth("0".repeat(10), { size: 20 });
    assert.ok(Math.abs(width - 127.2) < 0.3, String(width));
  });

  it("grows with the size and with the weight", () => {
    const plain = textWidth("pods", { size: 10 });
    assert.ok(Math.abs(textWidth("pods", { size: 20 }) - 2 * plain) < 0.001);
    assert.ok(textWidth("pods", { size: 10, bold: true }) > 1.05 * plain);
  });

  it("measures letters that mean something in SVG", () => {
    // 0.838, 0.78 and 0.838 times the size.
    assert.ok(Math.abs(textWidth("<&>", { size: 100 }) - 245.6) < 1);
  });

  it("gives nothing for nothing", () => {
    assert.equal(textWidth("", STYLE), 0);
  });
});

describe("wrap", () => {
  it("breaks between words, into lines that fit", () => {
    const text = "unable to get metrics for resource cpu: no metrics returned from metrics API";
    const lines = wrap(text, 150, STYLE);
    assert.ok(lines.length > 2);
    for (const line of lines) assert.ok(textWidth(line, STYLE) <= 150, line);
    assert.equal(lines.join(" "), text);
  });

  it("breaks within a word that is wider than there is room", () => {
    const url =
      "https://10.43.0.1:443/apis/metrics.k8s.io/v1beta1/namespaces/httpbin/pods?limit=500";
    const lines = wrap(`Get "${url}": refused`, 200, STYLE);
    for (const line of lines) assert.ok(textWidth(line, STYLE) <= 200, line);
    assert.equal(lines.join("").replaceAll(" ", ""), `Get"${url}":refused`);
  });
});
