import { strict as assert } from "node:assert";

import type { Context } from "mocha";

import { tryRun } from "../../host/run";
import { OURS_SELECTOR } from "../../load/generator/jobs";
import { stopCluster } from "../../sandbox/cluster/stopCluster";
import { putGeneratorImage } from "../../sandbox/stack/generatorImage";
import { sandboxPlace, type Place } from "../../sandbox/stack/place";
import { upStack } from "../../sandbox/stack/upStack";
import { skip } from "./reporter";
import { tierOfSuites } from "./tier";

/** What the tests of a load share: a real node with the stack `home` on it. */
export interface LoadSuite {
  /** Runs kubectl in the app's namespace, and gives what it prints. */
  kubectl: (...args: string[]) => Promise<string>;
  /** Flags of `npm run load` for the suite's cluster, then those that are given. */
  flags: (...more: string[]) => string[];
  expectNoGenerator: () => Promise<void>;
}

/** Gives the tests of a `describe` a real node, or skips them where there is none. */
export function loadSuite(name: string): LoadSuite {
  const say = (): void => undefined;
  let place: Place;
  let image = "";

  before(async function (this: Context) {
    // A machine that has no tools yet builds them here.
    this.timeout("40m");
    await stopCluster({ name });
    place = await sandboxPlace({ name, tier: tierOfSuites(), edge: false, install: true, say });
    if (!place.podsRun) skip(this, "a real node needs Linux and root");
    await upStack(place, { stack: "home", say });
    image = await putGeneratorImage(name, "fortio", say);
  });
  after(async function (this: Context) {
    this.timeout("1m");
    await stopCluster({ name });
  });

  const kubectl = async (...args: string[]): Promise<string> => {
    const options = { env: place.engine.env, extendEnv: false };
    const { ok, all } = await tryRun("kubectl", ["--namespace=httpbin", ...args], options);
    assert.ok(ok, all);
    return all;
  };
  return {
    kubectl,
    flags: (...more) => [
      ...["--kubeconfig", place.target.kubeconfigPath, "--image", image],
      ...["--no-scale-in", "--lead", "0"],
      ...more,
    ],
    expectNoGenerator: async () => {
      assert.equal(await kubectl("get", "jobs,pods", "-l", OURS_SELECTOR, "--output=name"), "");
    },
  };
}
