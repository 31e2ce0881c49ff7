import { strict as assert } from "node:assert";

import { eventMarks } from "../../../load/charts/eventMarks";
import { COLOURS, GREYS } from "../../../load/charts/theme";
import { syntheticRecord } from "../../support/syntheticRecord";
import { SYNTHETIC_RUNS } from "../../support/syntheticRuns";

const ALL = { from: -Infinity, to: Infinity };
const warning = (at: number, text: string) => ({ at, kind: "warning" as const, text });

describe("eventMarks", () => {
  it("marks the load and each decision, at their times, and no pod", () => {
    assert.deepEqual(eventMarks(syntheticRecord(), ALL), [
      { at: 0, text: "0 s · load begins", colour: GREYS.muted },
      { at: 14.2, text: "14 s · 1 to 4 pods: cpu above target", colour: COLOURS.black },
      { at: 120, text: "2 min · load ends", colour: GREYS.muted },
      {
        at: 250,
        text: "4 min 10 s · 4 to 1 pods: all metrics below target",
        colour: COLOURS.black,
      },
    ]);
  });

  it("leaves out what lies outside of the window", () => {
    const marks = eventMarks(syntheticRecord(), { from: 5, to: 119 });
    assert.deepEqual(
      marks.map(({ at }) => at),
      [14.2],
    );
  });

  it("marks a repeated warning once, with how often it came", () => {
    const events = [warning(3, "no metrics"), warning(8, "other"), warning(18, "no metrics")];
    const marks = eventMarks(syntheticRecord({ events }), { from: 1, to: 20 });
    assert.deepEqual(
      marks.filter(({ colour }) => colour === COLOURS.vermilion).map(({ text }) => text),
      ["3 s · no metrics (2 times)", "8 s · other"],
    );
  });

  it("marks a metric that is lost and found, and not the warnings that say the same", () => {
    const run = SYNTHETIC_RUNS["with a metric lost in the middle"];
    const marks = eventMarks(syntheticRecord(run), { from: 20, to: 110 });
    assert.deepEqual(
      marks.map(({ text, colour }) => [text.split(":")[0], colour]),
      [
        ["44 s · requests per second is not read any more, and 4 pods are held", COLOURS.vermilion],
        ["60 s · KEDAScalerFailed", COLOURS.vermilion],
        ["89 s · KEDA falls back", COLOURS.vermilion],
        ["103 s · KEDA no longer falls back", COLOURS.green],
        ["104 s · requests per second is read", COLOURS.green],
      ],
    );
  });

  it("leaves in the warnings of a metric that was never read", () => {
    const text = "FailedGetExternalMetric: no";
    const marks = eventMarks(syntheticRecord({ events: [warning(30, text)] }), ALL);
    assert.ok(marks.some((mark) => mark.text === `30 s · ${text}`));
  });
});
