import { strict as assert } from "node:assert";

import { rowsOf, type RequestsTurn } from "../../../sandbox/bench/requestsRows";

const turn = (seconds: number, [operator, api, store]: [number, number, number]): RequestsTurn => ({
  seconds,
  memory: new Map([
    ["keda-operator", operator],
    ["keda-metrics-apiserver", api],
    ["prometheus", store],
    ["kube-apiserver", 300],
  ]),
});

describe("the rows of scaling on requests", () => {
  it("are medians over the turns: of the time, of each process, and of all three of a turn", () => {
    const rows = rowsOf([
      turn(41, [100, 90, 50]),
      turn(24, [110, 80, 90]),
      turn(30, [120, 100, 40]),
    ]);
    assert.deepEqual(
      rows.map(({ name, unit, value, aim, runs }) => [name, unit, value, aim, runs]),
      [
        [
          "1 to 4 pods Ready by requests per second alone",
          ...["s", 30, 45, { seconds: [41, 24, 30] }],
        ],
        ["memory: keda-operator", "MiB", 110, undefined, { MiB: [100, 110, 120] }],
        ["memory: keda-metrics-apiserver", "MiB", 90, undefined, { MiB: [90, 80, 100] }],
        ["memory: prometheus", "MiB", 50, undefined, { MiB: [50, 90, 40] }],
        ["memory: all of the monitoring", "MiB", 260, undefined, { MiB: [240, 280, 260] }],
      ],
    );
  });

  it("are refused where a process has no memory, as it has ended", () => {
    const ended = { ...turn(30, [1, 2, 3]), memory: new Map([["keda-operator", Number.NaN]]) };
    assert.throws(() => rowsOf([ended]), /^UserError: The memory of keda-operator cannot be read/);
  });
});
