import { strict as assert } from "node:assert";
import { EventEmitter, once } from "node:events";

import * as pulumi from "@pulumi/pulumi";

import { apiGate, gateLimits, type ApiGateArgs } from "../../../components/live/apiGate";
import { apiStandIn, type ApiStandIn } from "../../support/apiStandIn";
import { at, only, runProgram } from "../../support/program";

/** More than any machine needs for what is done here. */
const LONG = 3600;

class Thing extends pulumi.CustomResource {
  constructor(name: string, props: pulumi.Inputs = {}) {
    super("test:index:Thing", name, props);
  }
}

class Group extends pulumi.ComponentResource {
  constructor(name: string) {
    super("test:index:Group", name);
    this.registerOutputs({});
  }
}

describe("apiGate", () => {
  let api: ApiStandIn;
  let answer: () => number | Promise<number>;

  before(async () => (api = await apiStandIn(() => answer())));
  after(() => api.close());
  beforeEach(() => {
    answer = () => 200;
    api.requests.splice(0);
  });

  const gate = (
    after: pulumi.Resource[] = [],
    args: Partial<ApiGateArgs> = {},
  ): pulumi.Output<string> =>
    apiGate(
      {
        endpoint: api.endpoint,
        certificateAuthority: api.certificateAuthority,
        vpcCidr: "10.80.0.0/16",
        waitSeconds: LONG,
        patienceSeconds: LONG,
        ...args,
      },
      after,
    );

  it("is the endpoint, once the API has answered", async () => {
    const result = await runProgram(() => {
      new Thing("inside", { endpoint: gate() });
      return Promise.resolve({});
    });
    assert.equal(at(only(result, "test:index:Thing"), "endpoint"), api.endpoint);
    assert.equal(api.requests.length, 1);
  });

  it("goes on asking in an update as long as the API is not ready", async () => {
    answer = () => (api.requests.length < 2 ? 503 : 200);
    const result = await runProgram(() => {
      new Thing("inside", { endpoint: gate() });
      return Promise.resolve({});
    });
    assert.equal(at(only(result, "test:index:Thing"), "endpoint"), api.endpoint);
    assert.equal(api.requests.length, 2);
  });

  it("asks only when all that it comes after is there, and depends on it", async () => {
    const order: string[] = [];
    answer = () => {
      order.push("asked");
      return 200;
    };
    const result = await runProgram(() => {
      const way = ["route", "access"].map((name) => new Thing(name));
      for (const { id } of way) id.apply((made) => order.push(made));
      new Thing("inside", { endpoint: gate(way) });
      return Promise.resolve({});
    });
    assert.deepEqual(order.slice(0, 2).sort(), ["access-id", "route-id"]);
    assert.deepEqual(order.slice(2), ["asked"]);
    const { dependencies } = only(result, "test:index:Thing", "inside");
    const urns = ["access", "route"].map((name) => only(result, "test:index:Thing", name).urn);
    assert.deepEqual(dependencies.sort(), urns.sort());
  });

  it("keeps nothing waiting but what is made of it", async () => {
    // The API answers only when another resource is there: else this would not end.
    const outside = new EventEmitter();
    const isThere = once(outside, "there");
    answer = () => isThere.then(() => 200);
    const result = await runProgram(() => {
      new Thing("inside", { endpoint: gate() });
      new Thing("outside").id.apply(() => {
        outside.emit("there");
      });
      return Promise.resolve({});
    });
    const names = result.resources.map(({ name }) => name);
    assert.deepEqual(names.slice(-2), ["outside", "inside"]);
  });

  it("refuses a component, which does not tell when its children are there", async () => {
    await assert.rejects(
      runProgram(() => {
        gate([new Group("router")]);
        return Promise.resolve({});
      }),
      { message: /^apiGate waits for resources, not for a component such as Group/ },
    );
    assert.equal(api.requests.length, 0);
  });

  describe("in a preview", () => {
    /** What becomes of the gate where one of the resources is not there yet. */
    async function preview(program: (missing: Thing) => pulumi.Output<string>): Promise<unknown> {
      const endpoints: unknown[] = [];
      await pulumi.runtime.setMocks(
        {
          newResource: ({ name, inputs }) => {
            const { endpoint } = inputs as { endpoint?: unknown };
            if (name === "inside") endpoints.push(endpoint);
            return { id: name === "missing" ? undefined : `${name}-id`, state: {} };
          },
          call: () => ({}),
        },
        "k8s-test",
        "live",
        true,
      );
      await pulumi.runtime.runInPulumiStack(() => {
        new Thing("inside", { endpoint: program(new Thing("missing")) });
        return Promise.resolve({});
      });
      await pulumi.runtime.disconnect();
      assert.equal(endpoints.length, 1);
      return endpoints[0];
    }

    it("asks an API that is known", async () => {
      assert.equal(await preview(() => gate([new Thing("route")])), api.endpoint);
      assert.equal(api.requests.length, 1);
    });

    it("is unknown, and asks nothing, as long as the endpoint is", async () => {
      assert.ok(pulumi.isUnknown(await preview(({ id }) => gate([], { endpoint: id }))));
      assert.equal(api.requests.length, 0);
    });

    it("is unknown, and asks nothing, as long as something of the way is", async () => {
      assert.ok(pulumi.isUnknown(await preview((missing) => gate([missing]))));
      assert.equal(api.requests.length, 0);
    });
  });
});

describe("gateLimits", () => {
  const args = { endpoint: "", certificateAuthority: "", vpcCidr: "", waitSeconds: 600 };

  it("give an update all the time there is, and a preview hardly any", () => {
    assert.deepEqual(gateLimits(args, false), { waitSeconds: 600, patienceSeconds: 10 });
    const { hint, ...limits } = gateLimits(args, true);
    assert.deepEqual(limits, { waitSeconds: 10, patienceSeconds: 10 });
    assert.match(hint ?? "", /pulumi up --skip-preview$/);
  });

  it("take the patience that is given", () => {
    const patient = { ...args, patienceSeconds: 3 };
    assert.deepEqual(gateLimits(patient, false), { waitSeconds: 600, patienceSeconds: 3 });
    assert.equal(gateLimits(patient, true).waitSeconds, 3);
  });
});
