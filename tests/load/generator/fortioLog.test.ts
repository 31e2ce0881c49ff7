import { strict as assert } from "node:assert";

import { FortioLog, type Entry } from "../../../load/generator/fortioLog";

// As fortio 1.75.3 printed it, the result cut to what is read and a little more.
const OUTPUT = `
{"latency":0.000676,"timestamp":1795565529421579243,"thread":0,"iter":0,"ok":true,"details":"200"}
{"ts":1795565530.647102,"level":"err","r":21,"file":"http_client.go","line":962,"msg":"Unable to connect","dest":{"IP":"127.0.0.1","Port":1,"Zone":""},"err":"dial tcp 127.0.0.1:1: connect: connection refused","numfd":10,"thread":0,"run":0}
{"latency":0.002466,"timestamp":1795565529522533035,"thread":1,"iter":0,"ok":false,"details":"-1"}
{
  "RunType": "HTTP",
  "DurationHistogram": {
    "Count": 2,
    "Percentiles": [
      {
        "Percentile": 50,
        "Value": 0.00157143
      }
    ]
  },
  "RetCodes": {
    "-1": 1,
    "200": 1
  },
  "Sockets": [
    1,
    1
  ]
}
Aggregated Function Time : count 2 avg 0.001571 +/- 0.0008 min 0.000676 max 0.002466 sum 0.003142
`;

function read(output: string): Entry[] {
  const log = new FortioLog();
  return output.split("\n").flatMap((line) => log.read(line) ?? []);
}

describe("FortioLog", () => {
  it("reads requests, why one had no answer, the result over many lines, and remarks", () => {
    assert.deepEqual(read(OUTPUT), [
      {
        kind: "request",
        thread: 0,
        iteration: 0,
        startedAt: 1795565529422,
        latency: 0.676,
        status: 200,
      },
      { kind: "failure", text: "connection refused" },
      {
        kind: "request",
        thread: 1,
        iteration: 0,
        startedAt: 1795565529523,
        latency: 2.466,
        status: -1,
      },
      { kind: "result", statuses: { "-1": 1, "200": 1 } },
      {
        kind: "remark",
        text: "Aggregated Function Time : count 2 avg 0.001571 +/- 0.0008 min 0.000676 max 0.002466 sum 0.003142",
      },
    ]);
  });

  it("reads a result into which lines of the other stream have come", () => {
    const lines = ["{", '  "RetCodes": {', '{"ts":1.5,"level":"err","msg":"late"}', '    "200": 7'];
    assert.deepEqual(read([...lines, "  }", "}"].join("\n")), [
      { kind: "remark", text: "late" },
      { kind: "result", statuses: { "200": 7 } },
    ]);
  });

  it("takes a line that was cut off for none", () => {
    assert.deepEqual(read('{"latency":0.0006'), []);
    assert.deepEqual(read('{"ts":17955'), []);
    assert.deepEqual(read('{\n  "RetCodes": {'), []);
  });

  it("hands on what fortio says when it gives up", () => {
    const said = "Aborting because of error 404 for http://127.0.0.1:18080/nope (520 bytes)";
    assert.deepEqual(read(said), [{ kind: "remark", text: said }]);
  });
});
