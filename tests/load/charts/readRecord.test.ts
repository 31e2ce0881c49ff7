import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { UserError } from "../../../host/userError";
import { readRecord } from "../../../load/charts/readRecord";
import { syntheticRecord } from "../../support/syntheticRecord";
import { SYNTHETIC_RUNS } from "../../support/syntheticRuns";

describe("readRecord", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "record-"));
    file = join(folder, "record.json");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function messageOf(value: unknown): Promise<string> {
    await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
    const error: unknown = await readRecord(file).then(
      () => assert.fail("it was read"),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof UserError, String(error));
    return error.message;
  }

  it("reads back what was written, of every kind of run", async () => {
    for (const run of Object.values(SYNTHETIC_RUNS)) {
      const record = syntheticRecord(run);
      await writeFile(file, JSON.stringify(record));
      assert.deepEqual(await readRecord(file), JSON.parse(JSON.stringify(record)));
    }
  });

  it("says so where there is no such file", async () => {
    await assert.rejects(readRecord(file), {
      name: "UserError",
      message: `${file} cannot be read (there is no such file): name the record.json that a load test wrote.`,
    });
  });

  it("says so where it is no JSON", async () => {
    assert.match(await messageOf("{"), /record\.json is no JSON \(.+\): name the record\.json/);
  });

  it("says so where it is of another version", async () => {
    assert.equal(
      await messageOf({ ...syntheticRecord(), version: 2 }),
      `${file} is a record of version 2, and only version 1 is known here: draw it with the program that wrote it, or run the load test again.`,
    );
  });

  it("lists all that is missing or wrong", async () => {
    const record = syntheticRecord();
    const samples = structuredClone(record.samples);
    Object.assign(samples[3]?.pods ?? {}, { ready: "four" });
    Object.assign(samples[4] ?? {}, { at: -100 });
    assert.equal(
      await messageOf({ ...record, samples, verdict: undefined }),
      [
        `${file} is no record of a load test:`,
        "samples[3].pods.ready: Invalid input: expected number, received string",
        "verdict: missing",
      ].join("\n  "),
    );
  });

  it("refuses times that are not in their order", async () => {
    const record = syntheticRecord();
    assert.match(
      await messageOf({ ...record, samples: record.samples.toReversed() }),
      /\n {2}samples: not in the order of time$/,
    );
  });

  it("names ten problems at most, and says how many more there are", async () => {
    const record = syntheticRecord();
    const samples = record.samples.map(({ at }) => ({ at }));
    const lines = (await messageOf({ ...record, samples })).split("\n  ");
    assert.equal(lines.length, 12);
    assert.equal(lines.at(-1), `and ${String(3 * samples.length - 10)} more`);
  });

  it("says so of JSON that is something else", async () => {
    assert.match(
      await messageOf("[]"),
      /is no record of a load test:\n {2}the file: .*expected object/,
    );
    assert.match(
      await messageOf({ name: "k8s-test" }),
      /\n {2}version: missing\n {2}startedAt: missing/,
    );
  });
});
