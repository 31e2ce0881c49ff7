import { strict as assert } from "node:assert";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chartsCommand } from "../../../load/commands/charts";
import { syntheticRecord } from "../../support/syntheticRecord";

const CHARTS = ["before-ramp-up.png", "new-pods-ready.png", "overview.png", "scale-event.png"];

describe("the command charts", () => {
  let folder: string;
  let record: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "charts-"));
    record = join(folder, "record.json");
    await writeFile(record, JSON.stringify(syntheticRecord({ seconds: 30, after: 5 })));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("draws beside the record, and says what it drew", async () => {
    const { log } = console;
    const said: unknown[] = [];
    console.log = (line: unknown) => said.push(line);
    try {
      await chartsCommand().parseAsync([record], { from: "user" });
    } finally {
      console.log = log;
    }
    assert.deepEqual((await readdir(folder)).sort(), [...CHARTS, "record.json"].sort());
    assert.deepEqual(said.map(String).sort(), CHARTS.map((name) => join(folder, name)).sort());
  });

  it("draws into another folder where it is told to", async () => {
    const out = join(folder, "out");
    await chartsCommand().parseAsync([record, "--out", out], { from: "user" });
    assert.deepEqual((await readdir(out)).sort(), CHARTS);
    assert.deepEqual((await readdir(folder)).sort(), ["out", "record.json"]);
  });

  it("fails where the record cannot be read", async () => {
    await assert.rejects(
      chartsCommand().parseAsync([join(folder, "other.json")], { from: "user" }),
      /other\.json cannot be read \(there is no such file\)/,
    );
  });
});
