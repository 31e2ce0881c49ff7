import { strict as assert } from "node:assert";

import { MetricStore, type MetricDataInput, type MetricDataOutput } from "./metricStore";

const METRIC = { namespace: "AWS/X", name: "Count", dimensions: { A: "1", B: "2" } };
const AT = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 12, minute));

function asked(
  dimensions: Record<string, string>,
  { Stat = "Sum", Period = 60, ScanBy = "TimestampDescending" } = {},
): MetricDataInput {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: "AWS/X", MetricName: "Count", Dimensions };
  return {
    ...{ StartTime: AT(1), EndTime: AT(4), ScanBy },
    MetricDataQueries: [{ Id: "one", MetricStat: { Metric, Period, Stat } }],
  };
}

function values({ MetricDataResults: [result] }: MetricDataOutput): number[] | undefined {
  return result?.Values;
}

describe("the stand-in's metrics", () => {
  const store = new MetricStore();
  before(() => {
    for (const minute of [0, 1, 3, 4]) store.publish(METRIC, AT(minute), minute);
  });

  it("are answered from the start on and before the end, the newest first", () => {
    assert.deepEqual(store.read(asked({ B: "2", A: "1" })), {
      Messages: [],
      MetricDataResults: [
        {
          ...{ Id: "one", Label: "Count", StatusCode: "Complete" },
          Timestamps: [AT(3), AT(1)],
          Values: [3, 1],
        },
      ],
    });
  });

  it("are others with one dimension less, or another value: of these there are none", () => {
    const others: Record<string, string>[] = [{ A: "1" }, { A: "1", B: "3" }];
    for (const dimensions of others) {
      assert.deepEqual(values(store.read(asked(dimensions))), []);
    }
  });

  it("are not guessed at where something else is asked for", () => {
    for (const other of [{ Stat: "Average" }, { Period: 300 }, { ScanBy: "TimestampAscending" }]) {
      assert.throws(() => store.read(asked(METRIC.dimensions, other)), /is not understood/);
    }
    assert.throws(() => {
      store.publish(METRIC, new Date(1), 1);
    }, /no minute/);
  });

  it("are gone where all is forgotten", () => {
    store.clear();
    assert.deepEqual(values(store.read(asked(METRIC.dimensions))), []);
  });
});
