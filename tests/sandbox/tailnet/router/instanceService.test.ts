import { strict as assert } from "node:assert";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { InstanceService } from "../../../../sandbox/tailnet/router/instanceService";

const TTL = { "x-aws-ec2-metadata-token-ttl-seconds": "60" };
const SECRET = "tskey-client-k1?ephemeral=true";

describe("the stand-in for what an EC2 instance finds", () => {
  const servers: Server[] = [];
  let instance: string;
  let world: string;

  const listen = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  };
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
    const service = new InstanceService("i-0123456789abcdef0");
    instance = await listen(service.forInstance);
    world = await listen(service.forWorld);
  });
  after(() => {
    for (const server of servers) server.close();
  });

  it("tells nothing without a token, and nothing for one that it did not give", async () => {
    for (const path of ["/latest/meta-data/instance-id", "/sandbox/parameter?name=/a"]) {
      assert.deepEqual(await ask(path), [401, ""]);
      assert.deepEqual(await ask(path, "made-up"), [401, ""]);
    }
  });

  it("gives a token only to a PUT that says for how long", async () => {
    const url = `${instance}/latest/api/token`;
    assert.equal((await fetch(url)).status, 405);
    assert.equal((await fetch(url, { method: "PUT" })).status, 400);
    assert.notEqual(await token(), await token());
  });

  it("tells the instance's id, and its lifecycle as the world has it", async () => {
    const path = "/latest/meta-data/autoscaling/target-lifecycle-state";
    const shown = await token();
    assert.deepEqual(await ask("/latest/meta-data/instance-id", shown), [
      200,
      "i-0123456789abcdef0",
    ]);
    assert.deepEqual(await ask(path, shown), [200, "InService"]);
    await fetch(`${world}/lifecycle`, { method: "PUT", body: "Terminated" });
    assert.deepEqual(await ask(path, shown), [200, "Terminated"]);
  });

  it("gives a parameter by its name, and no other", async () => {
    await fetch(`${world}/parameter?name=%2Fa%2Fb`, { method: "PUT", body: SECRET });
    const shown = await token();
    assert.deepEqual(await ask("/sandbox/parameter?name=%2Fa%2Fb", shown), [200, SECRET]);
    assert.deepEqual(await ask("/sandbox/parameter?name=%2Fa", shown), [404, ""]);
    assert.deepEqual(await ask("/elsewhere", shown), [404, ""]);
  });

  it("shows the world which calls were made, and no secret", async () => {
    await ask("/sandbox/calls", await token(), "autoscaling complete");
    const calls = await (await fetch(`${world}/calls`)).text();
    assert.equal(calls, '["autoscaling complete"]');
  });
});
