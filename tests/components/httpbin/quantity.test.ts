import { strict as assert } from "node:assert";

import { parseCpu, parseMemory } from "../../../components/httpbin/quantity";

describe("parseCpu", () => {
  it("reads cores, and thousandths of one", () => {
    const texts = ["100m", "1500m", "1", "0.5", "0.025", "16"];
    assert.deepEqual(texts.map(parseCpu), [0.1, 1.5, 1, 0.5, 0.025, 16]);
  });

  it("refuses what is no quantity of cpu above zero", () => {
    const texts = [
      "",
      "0",
      "0m",
      "0.0",
      "-1",
      "m",
      ".5",
      "0.5m",
      "0.0001",
      "1e3",
      "1k",
      "1Mi",
      "1 ",
    ];
    for (const text of texts) assert.equal(parseCpu(text), undefined, text);
  });
});

describe("parseMemory", () => {
  it("reads bytes, in powers of ten and of two", () => {
    const values = ["5000k", "5M", "2G", "1T", "4096Ki", "128Mi", "1.5Gi", "1Ti", "4194304"];
    assert.deepEqual(
      values.map(parseMemory),
      [
        5_000_000, 5_000_000, 2_000_000_000, 1_000_000_000_000, 4_194_304, 134_217_728,
        1_610_612_736, 1_099_511_627_776, 4_194_304,
      ],
    );
  });

  it("refuses what is no quantity of memory, and less than a process needs", () => {
    const texts = ["", "0", "0Mi", "-1", "128MB", "128mi", "1 Gi", "Mi", ".5Gi", "1e9", "128000m"];
    for (const text of [...texts, "128", "3.9Mi", "4194303"]) {
      assert.equal(parseMemory(text), undefined, text);
    }
  });
});
