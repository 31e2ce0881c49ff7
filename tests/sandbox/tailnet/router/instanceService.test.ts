import { strict as assert } from "node:assert";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { SocketAnswer } from "../../../../sandbox/tailnet/askSocket";
import { InstanceService } from "../../../../sandbox/tailnet/router/instanceService";

const TTL = { "x-aws-ec2-metadata-token-ttl-seconds": "60" };
const SECRET = "tskey-client-k1?ephemeral=true";

describe("the stand-in for what an EC2 instance finds", () => {
  let server: Server;
  let instance: string;
  let asked: string[];
  let answer: SocketAnswer | Error;

  const token = async (): Promise<string> => {
    const answer = await fetch(`${instance}/latest/api/token`, { method: "PUT", headers: TTL });
    return answer.text();
  };
  const ask = async (path: string, shown?: string, body?: string): Promise<[number, string]> => {
    const headers = new Headers();
    if (shown !== undefined) headers.set("x-aws-ec2-metadata-token", shown);
    const method = body === undefined ? {} : { method: "POST", body };
    const answer = await fetch(`${instance}${path}`, { headers, ...method });
    return [answer.status, await answer.text()];
  };

  before(async () => {
    const service = new InstanceService("i-0123456789abcdef0", (method, path, body = "") => {
      asked.push(`${method} ${path} ${body}`.trim());
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    });
    server = createServer(service.listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    instance = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  beforeEach(() => {
    asked = [];
    answer = { status: 200, text: "" };
  });
  after(() => {
    server.close();
  });

  it("tells nothing without a token, and nothing for one that it did not give", async () => {
    for (const path of ["/latest/meta-data/instance-id", "/sandbox/parameter?name=/a"]) {
      assert.deepEqual(await ask(path), [401, ""]);
      assert.deepEqual(await ask(path, "made-up"), [401, ""]);
    }
    assert.deepEqual(asked, []);
  });

  it("gives a token only to a PUT that says for how long", async () => {
    const url = `${instance}/latest/api/token`;
    assert.equal((await fetch(url)).status, 405);
    assert.equal((await fetch(url, { method: "PUT" })).status, 400);
    assert.notEqual(await token(), await token());
  });

  it("tells the instance's id, and its lifecycle as the fleet has it", async () => {
    const shown = await token();
    const id = "i-0123456789abcdef0";
    assert.deepEqual(await ask("/latest/meta-data/instance-id", shown), [200, id]);
    answer = { status: 200, text: "Terminated" };
    const path = "/latest/meta-data/autoscaling/target-lifecycle-state";
    assert.deepEqual(await ask(path, shown), [200, "Terminated"]);
    assert.deepEqual(asked, [`GET /lifecycle?name=${id}`]);
  });

  it("asks the fleet for a parameter each time, and hands on what it says", async () => {
    const shown = await token();
    answer = { status: 200, text: SECRET };
    assert.deepEqual(await ask("/sandbox/parameter?name=%2Fa%2Fb", shown), [200, SECRET]);
    answer = { status: 400, text: "An error occurred (ParameterNotFound)" };
    assert.deepEqual(await ask("/sandbox/parameter?name=%2Fa%2Fb", shown), [400, answer.text]);
    assert.deepEqual(asked, Array(2).fill("GET /parameter?name=%2Fa%2Fb"));
    assert.deepEqual(await ask("/elsewhere", shown), [404, ""]);
  });

  it("hands on what the instance calls for, under the instance's own name", async () => {
    await ask("/sandbox/calls", await token(), "autoscaling complete");
    assert.deepEqual(asked, ["POST /call?name=i-0123456789abcdef0 autoscaling complete"]);
  });

  it("says so where the fleet does not answer", async () => {
    answer = new Error("connect ENOENT fleet.sock");
    const path = "/sandbox/parameter?name=a";
    assert.deepEqual(await ask(path, await token()), [503, "connect ENOENT fleet.sock"]);
  });
});
