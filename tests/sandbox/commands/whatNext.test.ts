import { strict as assert } from "node:assert";

import { whatNext } from "../../../sandbox/commands/whatNext";
import type { Edge } from "../../../sandbox/cluster/edge/edge";

const FLAGS = { name: "x", stack: "home" };
const TARGET = { kubeconfigPath: "/kubeconfig" };
const EDGE: Edge = {
  address: "10.200.0.2",
  zone: "home.test",
  acme: { directory: "https://10.200.0.2:14000/dir", caBundle: "" },
  rfc2136: { nameserver: "", tsigKeyName: "", tsigAlgorithm: "HMACSHA256", tsigSecret: "" },
  rootPath: "/root.pem",
};

/** The commands that are named, without what they all begin with. */
function commands(...args: Parameters<typeof whatNext>): string[] {
  return [...whatNext(...args).matchAll(/^ {2}npm run sandbox -- (.*)$/gm)].map(
    ([, command = ""]) => command,
  );
}

describe("what can be typed once a stack is up", () => {
  it("is the dashboard as well, where there is a Prometheus", () => {
    const place = { podsRun: true, target: { ...TARGET, edge: EDGE }, monitored: "x" };
    assert.deepEqual(commands(FLAGS, place), [
      "shell --name x --stack home",
      "load --name x --stack home",
      "dashboard --name x",
      "picture --name x",
      "forward --name x",
      "down --name x",
    ]);
    assert.match(whatNext(FLAGS, place), /dashboard, .* \(Grafana does not run here\):\n/);
  });

  it("is what there is something for", () => {
    assert.deepEqual(commands(FLAGS, { podsRun: true, target: { ...TARGET, edge: EDGE } }), [
      "shell --name x --stack home",
      "load --name x --stack home",
      "picture --name x",
      "forward --name x",
      "down --name x",
    ]);
    assert.deepEqual(commands(FLAGS, { podsRun: false, target: TARGET }), [
      "shell --name x --stack home",
      "down --name x",
    ]);
  });

  it("names a cluster of one's own by its context", () => {
    const own = { ...FLAGS, context: "mine" };
    assert.deepEqual(commands(own, { podsRun: true, target: TARGET }), [
      "shell --context mine --stack home",
      "load --context mine --stack home",
      "down --context mine",
    ]);
  });
});
