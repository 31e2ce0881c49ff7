import { strict as assert } from "node:assert";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { UserError } from "../../../host/userError";
import { CHARTS, drawCharts } from "../../../load/charts/drawCharts";
import { viewOf } from "../../../load/charts/renderPng";
import type { LoadRecord } from "../../../load/record";
import { inkOf, overlapping, textBoxes } from "../../support/charts";
import { syntheticRecord } from "../../support/syntheticRecord";
import { SYNTHETIC_RUNS } from "../../support/syntheticRuns";

function fails(record: LoadRecord, folder: string, message: RegExp): Promise<void> {
  return assert.rejects(drawCharts(record, folder), (error) => {
    assert.ok(error instanceof UserError, String(error));
    assert.match(error.message, message);
    return true;
  });
}

describe("drawCharts", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "charts-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("writes four pictures of 1800 pixels in width, into a folder that it makes", async () => {
    const files = await drawCharts(syntheticRecord(), join(folder, "new"));
    assert.deepEqual(
      files.map((file) => basename(file)),
      ["before-ramp-up.png", "scale-event.png", "new-pods-ready.png", "overview.png"],
    );
    for (const file of files) {
      const { width, height, ink } = inkOf(await readFile(file));
      assert.equal(width, 1800);
      assert.ok(height > 800 && height < 2000, `${file}: ${String(height)}`);
      assert.ok(ink > 0.02 * width * height, `${file} is blank`);
    }
  });

  it("draws the same bytes of the same record", async () => {
    const [first, second] = [join(folder, "1"), join(folder, "2")];
    await drawCharts(syntheticRecord(), first);
    await drawCharts(syntheticRecord(), second);
    for (const name of Object.keys(CHARTS)) {
      assert.deepEqual(await readFile(join(first, name)), await readFile(join(second, name)));
    }
  });

  for (const [name, run] of Object.entries(SYNTHETIC_RUNS)) {
    it(`prints no text over another, beside the picture or cut: a run ${name}`, async () => {
      for (const [chart, specOf] of Object.entries(CHARTS)) {
        const view = await viewOf(specOf(syntheticRecord(run)));
        const texts = textBoxes(view);
        assert.ok(texts.length > 15, `${chart} has ${String(texts.length)} texts`);
        for (const one of texts) {
          assert.ok(one.left >= 0 && one.right <= 900, `${chart}: ${JSON.stringify(one)}`);
          assert.doesNotMatch(one.text, /…$/, `${chart}: ${one.text}`);
        }
        assert.deepEqual(overlapping(texts), [], chart);
        view.finalize();
      }
    });
  }

  it("refuses a record without samples or metrics, and says which", async () => {
    const record = syntheticRecord();
    await fails(
      { ...record, samples: [] },
      folder,
      /^No charts can be drawn of the load test that began at 2026-01-02T03:04:05.000Z: it has no samples, and a line needs 2 at least; its samples have no metrics: the autoscaler synthetic\/httpbin never read one\.$/,
    );
    await fails({ ...record, samples: record.samples.slice(0, 1) }, folder, /: it has 1 sample, /);
    const samples = record.samples.map((sample) => ({ ...sample, metrics: [] }));
    await fails({ ...record, samples }, folder, /Z: its samples have no metrics: /);
  });

  it("refuses a record that ends before the load, and one that begins long after", async () => {
    const record = syntheticRecord();
    await fails(
      { ...record, samples: record.samples.filter(({ at }) => at < -8) },
      folder,
      /it has no two samples from −5 s to 29 s, but some from −20 s to −9 s\.$/,
    );
    await fails(
      { ...record, samples: record.samples.filter(({ at }) => at > 40) },
      folder,
      /it has no two samples from −20 s to 10 s, but some from 41 s to 6 min\.$/,
    );
    assert.deepEqual(await readdir(folder), [], "a chart was drawn all the same");
  });

  it("says where it could not write", async () => {
    const file = join(folder, "file");
    await writeFile(file, "");
    await fails(
      syntheticRecord(),
      file,
      /^The charts cannot be put into .*file \(EEXIST\): name a folder/,
    );
  });
});

describe("viewOf", () => {
  it("takes a warning of the libraries for an error", async () => {
    const spec = {
      data: { values: [{ a: 1 }] },
      mark: "point",
      encoding: { x: { field: "a", type: "quantitative", scale: { type: "band", nice: true } } },
    } as const;
    await assert.rejects(viewOf(spec), /^Error: The chart cannot be drawn: /);
  });
});
