import { strict as assert } from "node:assert";

import { describeKeys } from "../../settings/describe";
import { menderFor } from "../../settings/mend";
import type { ConfigProblem } from "../../settings/problem";
import { validate } from "../../settings/validate";

type Values = Record<string, unknown>;

const RIGHT: Values = {
  platform: "live",
  app: { host: "httpbin.example.com" },
  tailscaleOauthSecret: "hunter2",
  live: {
    region: "eu-central-1",
    accountId: "123456789012",
    tailnet: { oauthClientId: "kABC123CNTRL" },
    loadBalancer: { hostedZoneId: "Z2ABCDEFGHIJKL" },
  },
};

/** What is wrong with a live stack of which one value is another than it should be. */
function problemsOf(path: string[], value: unknown): ConfigProblem[] {
  const values = withValue(RIGHT, path, value);
  return validate({ values, encrypted: new Set(["tailscaleOauthSecret"]) }, menderFor("live"))
    .problems;
}

function withValue(values: Values, [name = "", ...rest]: string[], value: unknown): Values {
  const inner = (values[name] ?? {}) as Values;
  return { ...values, [name]: rest.length === 0 ? value : withValue(inner, rest, value) };
}

const KEYS = describeKeys()
  .map(({ key }) => ({ key, path: key.split(".") }))
  .filter(({ key }) => key.startsWith("live."));

describe("liveRules", () => {
  it("has nothing against a stack of which nothing is odd", () => {
    assert.deepEqual(problemsOf(["live", "clusterName"], "blue"), []);
  });

  it("says of a section that is none that it is none, and nothing of what is missing in it", () => {
    const sections = new Set(KEYS.map(({ path }) => path.slice(0, -1).join(".")));
    assert.ok(sections.size > 7);
    for (const section of sections) {
      for (const odd of ["hunter2", 1, true, ["a"]]) {
        const keys = problemsOf(section.split("."), odd).map(({ key }) => key);
        assert.deepEqual(keys, [section], `${section} as ${JSON.stringify(odd)}`);
      }
    }
  });

  it("says of a value that is odd that it is so, and of no other", () => {
    for (const { key, path } of KEYS) {
      // A VPC that is there needs its subnets, however it is spelt.
      const area = key === "live.network.vpcId" ? "live.network." : key;
      for (const odd of [{}, { a: 1 }, [[]], [{}], [undefined], [1, 1], false]) {
        const problems = problemsOf(path, odd);
        const isFlag = odd === false && problems.length === 0;
        assert.ok(isFlag || problems.length > 0, `${key} as ${JSON.stringify(odd)}`);
        for (const problem of problems) {
          assert.ok(problem.key.startsWith(area), `${key}: ${problem.key}`);
          assert.doesNotMatch(`${problem.given} ${problem.mend}`, /undefined|NaN|\[object/);
        }
      }
    }
  });

  it("says of each entry of a list that is odd that it is so", () => {
    const path = ["live", "access", "ci"];
    const ci = [undefined, "ci", { principalArn: 1 }, { namespaces: "httpbin" }];
    assert.deepEqual(
      problemsOf(path, ci).map(({ key }) => key),
      [
        "live.access.ci[3].principalArn",
        "live.access.ci[3].namespaces",
        "live.access.ci[2].principalArn",
        "live.access.ci[2].namespaces",
        "live.access.ci[1]",
        "live.access.ci[0]",
      ],
    );
  });
});
