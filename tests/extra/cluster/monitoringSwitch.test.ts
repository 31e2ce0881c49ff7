import { strict as assert } from "node:assert";

import { signalComponent } from "../../../sandbox/cluster/faults";
import { whileToldTo } from "../../../sandbox/cluster/monitoring/tellPrometheus";
import { clusterStatus } from "../../../sandbox/cluster/status";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import { putGeneratorImage } from "../../../sandbox/stack/generatorImage";
import { sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { prepareStack } from "../../../sandbox/stack/upStack";
import { machineListing } from "../../cluster/machine";
import { clientOf } from "../../support/client";
import { sandbox } from "../../support/command";
import { HOME, HomeStack } from "../../support/homeStack";
import { cannotRunContainers } from "../../support/machine";
import { ownStateFolder } from "../../support/ownStateFolder";
import { skip } from "../../support/reporter";
import { isFollowed, longest, ScalingWatch, type ScalingLook } from "../../support/scalingWatch";
import { SteadyLoad } from "../../support/steadyLoad";

const NAME = "switch";
const REQUESTS = "app.autoscaling.requestsPerSecond";
const OWN = "httpbin";
const OF_KEDA = "keda-hpa-httpbin";
const MOST = 4;

/**
 * Pods are taken away as soon as an autoscaler wants fewer, so that no window hides it; and the
 * certificate, of which nothing hangs here, is not waited for.
 */
const AT_ONCE = {
  "app.autoscaling.scaleDownStabilizationSeconds": 0,
  "home.certificateWaitSeconds": 0,
};

/** Some 4 ms of cpu for each request: cpu alone asks for all four pods, and so do requests, at 10 a pod. */
const LOAD = { path: "/bytes/8192", requestsPerSecond: 60, connections: 8 };

/** Longest that anything here goes on, in seconds: the load ends by itself after it. */
const LONGEST_SECONDS = 900;

/** Seconds that the stack waits for KEDA, and those that the engine may take besides on a busy machine. */
const KEDA_SECONDS = 120;
const ENGINE_SECONDS = 120;

/**
 * Longest time for which nobody may follow the load, in seconds, and two autoscalers are no reason for it.
 * Kubernetes looks at an autoscaler each 15 seconds, at a new one 15 seconds after it was made: twice where
 * the other is still there. How long that is depends on the engine.
 */
const LEFT_SECONDS = 45;

describe("Requests per second, switched on and off under load", () => {
  const state = ownStateFolder(NAME);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  let untouched: Record<string, string[]>;
  let place: Place;
  let stack: HomeStack;
  let watch: ScalingWatch | undefined;
  let load: SteadyLoad | undefined;
  /** When all pods were ready, in milliseconds since 1970, and their uids. */
  let full: { time: number; uids: string[] };

  const watched = (): ScalingWatch => watch ?? assert.fail("nothing is watched");
  const setOn = (): Promise<string> =>
    stack.succeed("config", "set", "--path", `${REQUESTS}.target`, "10");
  const setOff = (): Promise<string> => stack.succeed("config", "rm", "--path", REQUESTS);

  /**
   * Runs an update as its owner does, and another that has nothing to do.
   *
   * @param to Name of the autoscaler that it leads to.
   * @returns what the first one said, its preview too.
   */
  async function changeTo(to: string): Promise<string> {
    const began = Date.now();
    const output = await stack.succeed("up", "--yes");
    await stack.succeed("up", "--yes", "--skip-preview", "--expect-no-changes");
    const isThere = (look: ScalingLook): boolean => isFollowed(look) && namesIn(look)[0] === to;
    await watched().until(`${to} follows the load alone`, isThere, LEFT_SECONDS);
    const looks = watched().since(began);
    const [two, left] = [hasTwo, isLeft].map((holds) => longest(looks, holds));
    say(`To ${to}: two autoscalers for ${String(two)} s, nobody for ${String(left)} s.`);
    for (const { autoscalers } of looks) assert.ok(autoscalers.length > 0, "no autoscaler at all");
    const alone = Number(left) - Number(two);
    assert.ok(alone < LEFT_SECONDS, `nobody followed the load for ${String(alone)} s`);
    return output;
  }

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("60m");
    const reason = cannotRunContainers();
    if (reason !== undefined) skip(this, reason);
    untouched = await machineListing(state.path(), NAME);
    place = await sandboxPlace({ name: NAME, stack: HOME, install: true, say, monitoring: true });
    await prepareStack(place, { stack: HOME, say });
    stack = await HomeStack.in(place);
    await stack.configure({ ...AT_ONCE, [REQUESTS]: null });
    await whileToldTo(NAME, async () => {
      await stack.up();
    });
    const { kubeconfigPath } = place.target;
    watch = new ScalingWatch(clientOf(kubeconfigPath));
    load = await SteadyLoad.start(kubeconfigPath, "httpbin", {
      ...{ kind: "fortio", image: await putGeneratorImage(NAME, "fortio", say) },
      ...{ ...LOAD, url: `https://httpbin.home.test${LOAD.path}`, insecure: true },
      ...{ seconds: LONGEST_SECONDS, catchUp: false },
    });
  });
  after(() => {
    load?.abandon();
    return watch?.stop().catch(() => undefined);
  });

  it("is not switched on where KEDA does not answer: the update says so, and the app goes on scaling", async () => {
    await setOn();
    const began = Date.now();
    await signalComponent(NAME, "keda-operator", "SIGSTOP");
    try {
      const isFull = ({ pods }: ScalingLook): boolean =>
        pods.length === MOST && pods.every(({ isReady }) => isReady);
      assert.equal(watched().looks[0]?.pods.length, 1);
      const [output, look] = await Promise.all([
        stack.fail(),
        watched().until("all pods are ready", isFull, KEDA_SECONDS),
      ]);
      full = { time: look.time, uids: uidsIn(look) };
      const seconds = (Date.now() - began) / 1000;
      assert.ok(seconds > KEDA_SECONDS && seconds < KEDA_SECONDS + ENGINE_SECONDS, String(seconds));
      assert.match(output, /ScaledObject httpbin\/httpbin .*not ready in 120 s\. The next/);
      assert.match(output, /waited for condition Ready to be True/);
      const looks = watched().since(began);
      for (const each of looks) assert.deepEqual(namesIn(each), [OWN]);
      assert.ok(isFollowed(looks.at(-1) ?? assert.fail()));
    } finally {
      await signalComponent(NAME, "keda-operator", "SIGCONT");
    }
  });

  it("is on after the same command, once KEDA is back", async () => {
    await changeTo(OF_KEDA);
  });

  it("is switched off: the preview says what comes and goes, and one autoscaler is left", async () => {
    await setOff();
    const preview = previewIn(await changeTo(OWN));
    assert.match(preview, /^ \+ .*HorizontalPodAutoscaler httpbin create *$/m);
    assert.match(preview, /^ - .*ScaledObject httpbin delete *$/m);
    assert.match(preview, /autoscalerName: "keda-hpa-httpbin" => "httpbin"/);
    assert.match(preview, /\+ 1 to create\n.*~ 1 to update\n.*- 1 to delete\n.*\+-1 to replace\n/);
  });

  it("is switched on again, likewise", async () => {
    await setOn();
    const preview = previewIn(await changeTo(OF_KEDA));
    assert.match(preview, /^ \+ .*ScaledObject httpbin create *$/m);
    assert.match(preview, /^ - .*HorizontalPodAutoscaler httpbin delete *$/m);
    assert.match(preview, /autoscalerName: "httpbin" => "keda-hpa-httpbin"/);
  });

  it("had all pods stay all along, wanted no fewer, and failed no request", async () => {
    const running = load ?? assert.fail("no load");
    await running.stop();
    await watched().stop();
    const looks = watched().since(full.time);
    assert.ok(looks.length > 100, String(looks.length));
    for (const look of looks) {
      assert.deepEqual(uidsIn(look), full.uids);
      assert.deepEqual(
        [look.replicas, look.pods.filter(({ isReady }) => isReady).length],
        [MOST, MOST],
      );
    }
    const { total, failed, failures } = running.requests;
    assert.deepEqual([failed, failures], [0, {}]);
    const { ends } = running;
    const perSecond = (total * 1000) / ((ends.at(-1) ?? 0) - (ends[0] ?? 0));
    say(`${String(total)} requests, ${String(perSecond)} a second.`);
    assert.ok(perSecond > LOAD.requestsPerSecond / 2, String(perSecond));
    console.log(said.filter((line) => / for .* s, | requests, /.test(line)).join("\n"));
  });

  it("is taken as it is by `up`, with --monitoring and without, which has nothing to do then", async () => {
    const pids = async (): Promise<number[] | undefined> =>
      (await clusterStatus(NAME))?.processes.map(({ pid }) => pid);
    const before = await pids();
    const up = async (...flags: string[]): Promise<string> => {
      const args = ["up", ...flags, "--no-load", "--name", NAME];
      const { ok, all } = await sandbox(args, { XDG_STATE_HOME: state.path() });
      assert.ok(ok, all);
      assert.match(all, /requestsPerSecond\.target +10/);
      return all;
    };
    // It writes the config anew, and so takes back what this suite has set.
    await up("--monitoring");
    const all = await up();
    assert.match(all, /^ +\d+ unchanged$/m);
    assert.doesNotMatch(all, /\d+ (?:created|updated|replaced|deleted)/);
    assert.deepEqual(await pids(), before);
  });

  it("leaves nothing behind", async () => {
    assert.ok(await stopCluster({ name: NAME }));
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
  });
});

function namesIn({ autoscalers }: ScalingLook): string[] {
  return autoscalers.map(({ name }) => name);
}

function uidsIn({ pods }: ScalingLook): string[] {
  return pods.map(({ uid }) => uid).sort();
}

function hasTwo({ autoscalers }: ScalingLook): boolean {
  return autoscalers.length > 1;
}

function isLeft(look: ScalingLook): boolean {
  return !isFollowed(look);
}

/** What an update said before it began. */
function previewIn(output: string): string {
  const [preview = "", update] = output.split("\nUpdating (");
  assert.ok(update !== undefined, output);
  return preview;
}
