import { strict as assert } from "node:assert";
import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { EngineEvent } from "@pulumi/pulumi/automation";

import { CAUSES, type CauseName } from "../../../components/live/causes";
import { run, tryRun } from "../../../host/run";
import { isAlive } from "../../../sandbox/cluster/processIdentity";
import { clusterLayout, readState } from "../../../sandbox/cluster/state";
import { readJournal } from "../../../sandbox/providers/cloud/world/journal";
import { World } from "../../../sandbox/providers/cloud/world/world";
import { askApp, outputsOf } from "../../../sandbox/stack/app";
import { Engine } from "../../../sandbox/stack/engine";
import { ENGINE_TOOLS } from "../../../sandbox/stack/engineTools";
import { sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { recoverStack } from "../../../sandbox/stack/recoverStack";
import { prepareStack } from "../../../sandbox/stack/upStack";
import { ENDPOINT } from "../../../sandbox/tailnet/apiEndpoint";
import { readInstances } from "../../../sandbox/tailnet/fleet/instanceState";
import { VPC } from "../../../sandbox/tailnet/places";
import { tailnetLayout } from "../../../sandbox/tailnet/state";
import { tailnetStatus } from "../../../sandbox/tailnet/tailnetStatus";
import { ensureTools } from "../../../sandbox/toolchain/toolchain";
import { machineListing } from "../../cluster/machine";
import { sandbox } from "../../support/command";
import { isOfKubernetes, stepsOf, type Step } from "../../support/engineSteps";
import { hasGo } from "../../support/goTools";
import { cannotRunContainers } from "../../support/machine";
import { ownStateFolder } from "../../support/ownStateFolder";
import { ProcessWatch } from "../../support/processWatch";
import { skip } from "../../support/reporter";
import {
  filesWith,
  strangerStandpoint,
  StrangersProbe,
  TailnetStack,
} from "../../support/tailnetStack";

const NAME = "way";
const STACK = "live";

/** Seconds that the gate waits: the fewest that the config takes. */
const WAIT_SECONDS = 60;
/** Seconds that its last request and the look at the way then take. */
const LOOK_SECONDS = 12;
/** Seconds that an update takes beside: the program, the clouds, the system's resolver. */
const OTHER_SECONDS = 75;

/** What leads to the API, by the types of the journal; each is there before the first object. */
const WAY_IN = [
  "aws:autoscaling/group:Group",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  "tailscale:index/acl:Acl",
  "tailscale:index/dnsSplitNameservers:DnsSplitNameservers",
];

const OAUTH_CLIENT = "tailscale:index/oauthClient:OauthClient";
const NO_STACK_TRACE = /^\s+at .*\.[jt]s:\d+/m;

describe("The stack live, run from a laptop on a tailnet of Tailscale's own programs", () => {
  const state = ownStateFolder(NAME);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const watch = new ProcessWatch();
  let untouched: Record<string, string[]>;
  let resolver: string;
  let place: Place;
  let laptop: TailnetStack;
  let world: World;
  let events: string;
  let probe: StrangersProbe;

  const control = (): NonNullable<Place["tailnet"]>["control"] =>
    place.tailnet?.control ?? assert.fail();
  const kubectl = async (...args: string[]): Promise<string> => {
    const { ok, stdout, all } = await place.engine.kubectl(args);
    assert.ok(ok, all);
    return stdout;
  };
  /** Looks from this machine, which does not need the tailnet for it. */
  const namespaces = async (): Promise<string> => {
    const { kubeconfig } = clusterLayout(NAME);
    const { PATH } = place.engine.env;
    const args = [`--kubeconfig=${kubeconfig}`, "get", "namespaces", "--output=name"];
    return run("kubectl", args, { env: { PATH } });
  };
  const tailscale = async (...args: string[]): Promise<void> => {
    const [program, ...rest] = place.engine.command("tailscale", ...args);
    await run(program, rest, place.engine.setting);
  };
  const routers = async (): Promise<{ nodeId: string; hostname: string }[]> =>
    (await control().devices()).filter(({ tags, isOnline }) => tags !== null && isOnline);
  /** An update that the gate ends: in its time, for that cause, and with nothing lost or made. */
  const failAtGate = async (cause: CauseName, at?: TailnetStack): Promise<void> => {
    const stack = at ?? laptop;
    const before = await stack.ids();
    const { ok, all, seconds } = await stack.run("up", "--yes", "--skip-preview");
    assert.ok(!ok, all);
    const host = new URL(ENDPOINT.url).hostname;
    const [, waited] = /The cluster's API has not answered in (\d+) s/.exec(all) ?? [];
    assert.ok(Number(waited) >= WAIT_SECONDS, all);
    assert.ok(Number(waited) <= WAIT_SECONDS + LOOK_SECONDS, all);
    assert.ok(all.includes(`cause: ${CAUSES[cause].is({ host, vpcCidr: VPC.cidr })}\n`), all);
    assert.doesNotMatch(all, NO_STACK_TRACE);
    assert.ok(seconds < WAIT_SECONDS + OTHER_SECONDS, `${String(seconds)} s: ${all}`);
    assert.deepEqual(stepsOf(all).filter(isOfKubernetes), []);
    const after = await stack.ids();
    for (const [urn, id] of before) assert.equal(after.get(urn), id, urn);
  };
  /** Something that changes one object in the cluster, and nothing else. */
  const change = async (maxReplicas: number): Promise<void> => {
    await laptop.configure("app.autoscaling.maxReplicas", maxReplicas);
  };
  const mended = async (maxReplicas: number): Promise<void> => {
    const before = await laptop.ids();
    await laptop.up();
    const after = await laptop.ids();
    for (const [urn, id] of before) {
      if (after.has(urn)) assert.equal(after.get(urn), id, urn);
    }
    const path = "jsonpath={.items[*].spec.maxReplicas}";
    const { namespace } = await outputsOf(place.engine, STACK);
    assert.equal(
      await kubectl("get", "hpa", `--namespace=${namespace}`, `--output=${path}`),
      String(maxReplicas),
    );
  };

  before(async function () {
    const cannot = cannotRunContainers() ?? ((await hasGo()) ? undefined : "needs Go");
    if (cannot !== undefined) skip(this, cannot);
    // A machine that has no tools yet builds them here.
    this.timeout("60m");
    untouched = await machineListing(state.path(), NAME);
    resolver = await readFile("/etc/resolv.conf", "utf8");
    events = await mkdtemp(join(tmpdir(), "k8s-test-events-"));
    const options = { name: NAME, stack: STACK, tailnet: "real", install: true, say } as const;
    place = await sandboxPlace(options);
    watch.start();
    await prepareStack(place, { stack: STACK, say });
    world = new World(place.cloud?.world ?? assert.fail());
    laptop = new TailnetStack(place.engine);
    await laptop.configure("live.cluster.deletionProtection", false);
    await laptop.configure("live.tailnet.waitSeconds", WAIT_SECONDS);
    probe = await StrangersProbe.start(NAME);
  });
  after(async () => {
    watch.stop();
    // Unset where the tailnet did not come up.
    (probe as StrangersProbe | undefined)?.stop();
    await rm(events, { recursive: true, force: true });
  });

  it("says what is simulated of it and what is real", () => {
    const text = said.join("\n");
    assert.match(text, /Simulated: AWS and EKS, so that no account is asked/);
    assert.match(text, /Real: Tailscale's programs on router and laptop/);
    assert.match(text, /live\.tailnet\.approval +policy: /);
    assert.match(text, /live\.tailnet\.splitDns +true: /);
    // That of the laptop's Tailscale is of no concern to what runs there beside it.
    assert.equal(place.engine.env["SSL_CERT_FILE"], process.env["SSL_CERT_FILE"]);
  });

  it("makes all but what is in the cluster where the laptop does not accept routes, and says so", async () => {
    await tailscale("set", "--accept-routes=false");
    const before = await namespaces();
    await failAtGate("routesNotAccepted");
    assert.equal(await namespaces(), before);
    assert.equal((await routers()).length, 1);
    const inState = (await laptop.resources()).map(({ type }) => type);
    for (const type of WAY_IN) assert.ok(inState.includes(type), type);
    assert.deepEqual(
      inState.filter((type) => type.startsWith("kubernetes:")),
      [],
    );
  });

  it("goes on from there: the gate opens, and what is in the cluster is made after that alone", async () => {
    const before = await laptop.ids();
    await tailscale("set", "--accept-routes");
    const log = join(events, "up");
    const output = await laptop.up("--event-log", log);
    const after = await laptop.ids();
    for (const [urn, id] of before) assert.equal(after.get(urn), id, urn);
    assert.deepEqual(stepsOf(output).filter(isOfWayIn), [], "a part of the way was made anew");

    const wayIn = readJournal(world.folder).filter(({ type }) => WAY_IN.includes(type));
    const there = Math.max(...wayIn.map(({ at }) => Date.parse(at)));
    const begun = (await readEvents(log))
      .filter(({ resourcePreEvent }) => resourcePreEvent?.metadata.type.startsWith("kubernetes:"))
      .map(({ timestamp }) => timestamp);
    assert.ok(begun.length > 5, String(begun.length));
    // The engine's log and the API server count whole seconds.
    const second = Math.floor(there / 1000);
    assert.ok(Math.min(...begun) >= second, `${String(Math.min(...begun))} ${String(second)}`);
    const { namespace } = await outputsOf(place.engine, STACK);
    const times = 'jsonpath={range .items[*]}{.metadata.creationTimestamp}{"\\n"}{end}';
    const kinds = "deployments,services,ingresses,hpa,networkpolicies";
    const created = await kubectl("get", kinds, `--namespace=${namespace}`, `--output=${times}`);
    const each = created.split("\n").filter((line) => line !== "");
    assert.ok(each.length >= 5, created);
    for (const time of each) assert.ok(Date.parse(time) / 1000 >= second, time);
  });

  it("has httpbin answer the laptop, by the name that EKS gave the API", async () => {
    const outputs = await outputsOf(place.engine, STACK);
    assert.match(await askApp(place.engine, outputs, "/uuid"), /"uuid": "[0-9a-f-]{36}"/);
    const { outputs: shown } = await laptop.only("aws:eks/cluster:Cluster");
    assert.equal(shown?.["endpoint"], ENDPOINT.url);
    assert.match(await kubectl("cluster-info"), /gr7\.eu-central-1\.eks\.amazonaws\.com/);
  });

  it("changes nothing when it is run again", async () => {
    const entries = readJournal(world.folder).length;
    const output = await laptop.up();
    assert.match(output, /\d+ unchanged/);
    assert.deepEqual(
      stepsOf(output).filter(
        ({ what, type }) => what.endsWith("ed") && type !== "pulumi:pulumi:Stack",
      ),
      [],
    );
    assert.equal(readJournal(world.folder).length, entries);
  });

  it("fails where the laptop's resolver filters the API's name, and mends it by split DNS", async () => {
    await laptop.configure("live.tailnet.splitDns", false);
    await laptop.up();
    await change(12);
    await failAtGate("nameFiltered");
    await laptop.configure("live.tailnet.splitDns", true);
    await mended(12);
  });

  it("fails where the policy keeps the laptop from the router, and from the stranger's place", async () => {
    await change(13);
    const stranger = await strangersCopy();
    for (const { nodeId } of await routers()) await control().cutDevice(nodeId, true);
    // Two updates of one stack would be in each other's way: the stranger's is of a copy.
    await Promise.all([failAtGate("routeNotOffered"), failAtGate("notOnTailnet", stranger)]);
    for (const { nodeId } of await routers()) await control().cutDevice(nodeId, false);
    await mended(13);
  });

  it("fails where the API is down, and goes on after an engine that was killed at the gate", async () => {
    await change(14);
    const { processes } = (await readState(clusterLayout(NAME))) ?? assert.fail();
    const server = processes.find(({ name }) => name === "kube-apiserver") ?? assert.fail();
    const signal = (what: NodeJS.Signals): void => {
      process.kill(-server.pid, what);
    };
    signal("SIGSTOP");
    try {
      await killAtGate();
      await failAtGate("apiDown");
    } finally {
      signal("SIGCONT");
    }
    await mended(14);
  });

  it("lets no router join whose key is revoked, says so in its time, and is mended as documented", async () => {
    const { id, urn } = await laptop.only(OAUTH_CLIENT);
    await control().deleteKey(id ?? "none");
    await laptop.configure("live.tailnet.instanceType", "t4g.small");
    const { ok, all, seconds } = await laptop.run("up", "--yes", "--skip-preview");
    assert.ok(!ok, all);
    assert.match(all, /want at least 1 healthy instance\(s\) in Auto Scaling Group, have 0/);
    assert.match(all, /i-[0-9a-f]{17} \(Pending, launch template version \d+\)/);
    const said = await filesWith("API token invalid", [tailnetLayout(NAME).logs]);
    assert.match(said.found.join(), /tailnet-router-i-[0-9a-f]{17}\.log/);
    assert.ok(seconds < WAIT_SECONDS + OTHER_SECONDS, `${String(seconds)} s: ${all}`);
    assert.equal((await routers()).length, 1, "the one that was there still leads in");
    await laptop.up("--replace", urn);
    const later = await laptop.only(OAUTH_CLIENT);
    assert.notEqual(later.id, id);
    const [router, ...others] = await routers();
    assert.ok(router !== undefined && others.length === 0);
    assert.match(await kubectl("get", "--raw", "/readyz"), /ok/);
  });

  it("shows its secrets in no process, user data, log, state and file", async () => {
    watch.stop();
    const own = (
      await place.engine.read(["config", "get", "tailscaleOauthSecret", "--stack", STACK])
    ).trim();
    const { outputs } = await laptop.only(OAUTH_CLIENT, "--show-secrets");
    const { plaintext = "" } = outputs?.["key"] as { plaintext?: string };
    const routers = JSON.parse(plaintext) as string;
    for (const secret of [own, routers]) {
      assert.match(secret, /^tskey-client-k\w+CNTRL-\w+$/);
      assert.deepEqual(watch.holders("cmdline", secret), []);
      const { found, looked } = await filesWith(secret, [state.path()]);
      assert.deepEqual(found, []);
      assert.ok(looked > 100, String(looked));
    }
    assert.deepEqual(watch.holders("environ", routers), []);
    // Pulumi itself gives a program its config so, which only who runs it can read.
    const inEnvironment = watch.holders("environ", own);
    assert.ok(
      inEnvironment.every((program) => /^(?:node|MainThread)/.test(program)),
      inEnvironment.join(),
    );
    const template = (await laptop.resources()).find(({ urn }) =>
      urn.endsWith("aws:ec2/launchTemplate:LaunchTemplate::live-tailnet-router"),
    );
    const text = Buffer.from(String(template?.inputs?.["userData"]), "base64").toString();
    assert.ok(text.startsWith("#cloud-config") && !text.includes(routers));
  });

  it("shows the tailnet in its status, and does not go on without it", async () => {
    const status = await sandbox(["status", "--name", NAME, "--stack", STACK]);
    assert.match(status.stdout, /Tailnet "way": all of its processes run/);
    assert.match(status.stdout, /router +i-[0-9a-f]{17}, 203\.0\.113\.1\d and 10\.80\.0\.1\d/);
    const { exitCode, stderr } = await sandbox(["up", "--name", NAME, "--stack", STACK]);
    assert.equal(exitCode, 1);
    assert.match(stderr, /on a tailnet of real programs, .* --stack live --tailnet real/);
  });

  it("goes by way of the tailnet, the way in last", async () => {
    const output = await laptop.succeed("destroy", "--yes", "--skip-preview");
    const steps = stepsOf(output);
    const last = steps.findLastIndex(isOfKubernetes);
    assert.ok(last > 5, output);
    const early = steps
      .slice(0, last)
      .filter((step) => step.what === "deleting" && isOfWayIn(step));
    assert.deepEqual(early, []);
    // What the stack wrote into the policy file stays in it.
    assert.deepEqual(
      world.everything().map(({ type }) => type),
      ["tailscale:index/acl:Acl"],
    );
    assert.deepEqual(readInstances(tailnetLayout(NAME)), []);
    assert.deepEqual(await routers(), []);
  });

  it("comes up from nothing by one command, and answers", async () => {
    const { ok, all } = await sandbox([
      "up",
      "--name",
      NAME,
      "--stack",
      STACK,
      "--tailnet",
      "real",
      "--no-load",
    ]);
    assert.ok(ok, all);
    assert.match(all, /httpbin answers: \{\s+"uuid"/);
  });

  it("has let the stranger reach nothing in the VPC, before, during and after", () => {
    const { tries, reached } = probe.stop();
    assert.ok(tries > 100, String(tries));
    assert.deepEqual(reached, []);
  });

  it("leaves nothing when it is taken down, though much of it was killed", async () => {
    const status = (await tailnetStatus(NAME)) ?? assert.fail();
    for (const one of status.state.processes) {
      if (/control|fleet|dns-vpc|laptop/.test(one.name) && (await isAlive(one))) {
        process.kill(one.pid, "SIGKILL");
      }
    }
    const broken = await sandbox(["up", "--name", NAME, "--stack", STACK, "--tailnet", "real"]);
    assert.match(broken.stderr, /The tailnet of cluster "way" is not whole \(ended: .*\)/);
    const { ok, all } = await sandbox(["down", "--name", NAME]);
    assert.ok(ok, all);
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
    const { stdout } = await tryRun("ip", ["netns", "list"]);
    assert.ok(!stdout.includes(`k8s-test-${NAME}`), stdout);
    assert.equal(await readFile("/etc/resolv.conf", "utf8"), resolver);
  });

  /** The stack as it is, with an engine that is where the stranger is. */
  async function strangersCopy(): Promise<TailnetStack> {
    const folder = join(state.path(), "strangers");
    await cp(join(clusterLayout(NAME).folder, "engine"), folder, { recursive: true });
    const { KUBECONFIG: kubeconfig = assert.fail() } = place.engine.env;
    const engine = await Engine.in(folder, await ensureTools(ENGINE_TOOLS, { say }), {
      kubeconfig,
      ...(place.cloud && { cloud: place.cloud }),
      standpoint: await strangerStandpoint(NAME, state.path()),
    });
    return new TailnetStack(engine);
  }

  /** Kills an engine while it waits at the gate. The next one knows its pid, and that it is gone. */
  async function killAtGate(): Promise<void> {
    const { execa } = await import("execa");
    const flags = ["--yes", "--skip-preview", "--non-interactive", "--stack", STACK];
    const [program, ...args] = place.engine.command("pulumi", "up", ...flags);
    const child = execa(program, args, {
      ...place.engine.setting,
      ...{ detached: true, reject: false, all: true },
    });
    let output = "";
    child.all.on("data", (part: Buffer) => (output += part.toString()));
    for (let wait = 0; !output.includes("does not answer yet"); wait += 100) {
      assert.ok(wait < 60_000, output);
      await sleep(100);
    }
    process.kill(-(child.pid ?? assert.fail()), "SIGKILL");
    await child;
    said.length = 0;
    await recoverStack(place.engine, STACK, { say });
    assert.match(said.join("\n"), new RegExp(`process ${String(child.pid)}\\) was killed`));
  }
});

/** Whether a step of the engine is about what leads to the API. */
function isOfWayIn({ type }: Step): boolean {
  return WAY_IN.some((one) => one.split(":").at(-1) === type.split(":").at(-1));
}

async function readEvents(log: string): Promise<EngineEvent[]> {
  const lines = (await readFile(log, "utf8")).split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as EngineEvent);
}
