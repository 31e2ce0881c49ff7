import { strict as assert } from "node:assert";

import type { Sample } from "../../load/record";
import { samplesTable } from "../../load/keepRecord";

describe("samplesTable", () => {
  it("has a row for each sample, with a column for every metric that was ever read", () => {
    const pods = { desired: 4, current: 3, ready: 2, endpoints: 1 };
    const samples: Sample[] = [
      {
        at: -1,
        pods,
        metrics: [],
        traffic: { requestsPerSecond: 0, requests: 0, failed: 0 },
      },
      {
        at: 2.5,
        pods,
        metrics: [
          { name: "cpu", unit: "%", current: 212, target: 50 },
          { name: "requests", unit: "", current: 7.5, target: 10 },
        ],
        traffic: { requestsPerSecond: 300.2, requests: 750, failed: 1, p99: 11.6 },
      },
    ];
    assert.equal(
      samplesTable(samples),
      [
        "seconds since the load began,pods asked for,pods there,pods ready,pods reached,cpu (%),target of cpu (%),requests,target of requests,requests/s,requests in all,failed,p99 (ms)",
        "-1,4,3,2,1,,,,,0,0,0,",
        "2.5,4,3,2,1,212,50,7.5,10,300.2,750,1,11.6",
        "",
      ].join("\n"),
    );
  });

  it("names what was not read, and has no value of it, nor of what was made up in its place", () => {
    const pods = { desired: 1, current: 1, ready: 1, endpoints: 1 };
    const traffic = { requestsPerSecond: 0, requests: 0, failed: 0 };
    const requests = { name: "requests-per-second", unit: "" as const, current: 7.5, target: 10 };
    const unread = { name: requests.name, why: "connection refused" };
    const samples: Sample[] = [
      { at: 0, pods, metrics: [requests], traffic },
      { at: 1, pods, metrics: [], unread: [unread], traffic },
      { at: 2, pods, metrics: [], unread: [{ ...unread, madeUp: 10 }], traffic },
    ];
    const [head, ...rows] = samplesTable(samples).trim().split("\n");
    assert.match(
      head ?? "",
      /,requests-per-second,target of requests-per-second,.*,metrics not read$/,
    );
    assert.deepEqual(rows, [
      "0,1,1,1,1,7.5,10,0,0,0,,",
      "1,1,1,1,1,,,0,0,0,,requests-per-second",
      "2,1,1,1,1,,,0,0,0,,requests-per-second",
    ]);
  });
});
