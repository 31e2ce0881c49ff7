import { strict as assert } from "node:assert";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { parse, stringify } from "yaml";

import { until } from "../../../sandbox/cluster/readiness";
import { setFaults, type Fault } from "../../../sandbox/providers/cloud/world/faults";
import { readJournal } from "../../../sandbox/providers/cloud/world/journal";
import { World } from "../../../sandbox/providers/cloud/world/world";
import type { ApiClient } from "../../../sandbox/providers/kubernetes/apiClient";
import {
  at,
  isObject,
  objectsAt,
  textAt,
  withValue,
  type Json,
} from "../../../sandbox/providers/skeleton/json";
import { outputsOf } from "../../../sandbox/stack/app";
import { nowhere, sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { preparePolicyPack } from "../../../sandbox/stack/policyPack";
import { prepareStack, upStack } from "../../../sandbox/stack/upStack";
import { versions } from "../../../versions";
import { clientOf } from "../../support/client";
import { startPulumi, type EngineResult } from "../../support/engine";
import { isOfKubernetes, stepsOf, type Step } from "../../support/engineSteps";
import { ownStateFolder } from "../../support/ownStateFolder";
import { everything, everythingAtFirst } from "../../support/providerSuite";

/** As Pulumi.live.yaml has it. */
const MIN_PODS = 2;
const NAME = "live";
const STACK = "live";

/** What must be there before an object of Kubernetes is made, and still while one is deleted. */
const WAY_IN = [
  "aws:autoscaling:Group",
  "aws:ec2:NatGateway",
  "aws:eks:AccessEntry",
  "aws:eks:AccessPolicyAssociation",
  "aws:eks:Cluster",
  "aws:eks:NodeGroup",
  "aws:vpc:SecurityGroupIngressRule",
];

/** Kinds that the chart of the load balancer controller brings: helm leaves them, as with the real one. */
const LEFT_BY_HELM = /(?:customresourcedefinitions|apiservices) \/\w+\.elbv2\.k8s\.aws$/;

/** What passes by itself, as the provider tries again. */
const PASSING: readonly Fault[] = [
  {
    type: "aws:eks/cluster:Cluster",
    action: "create",
    times: 3,
    error: "InvalidParameterException: The role cannot be assumed by eks.amazonaws.com",
  },
  {
    type: "aws:ec2/subnet:Subnet",
    action: "create",
    times: 5,
    error: "RequestLimitExceeded: Request limit exceeded.",
  },
];

describe("The stack live, on a simulated cloud and a real API server", () => {
  ownStateFolder(NAME);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  let place: Place;
  let client: ApiClient;
  let world: World;
  let atFirst: string[];

  const pulumi = async (...args: string[]): Promise<EngineResult> => {
    const { folders, env } = place.engine;
    const running = await startPulumi([...args, "--stack", STACK], { cwd: folders.project, env });
    const { exitCode, all } = await running.result;
    return { exitCode: exitCode ?? -1, output: all };
  };
  const succeed = async (...args: string[]): Promise<string> => {
    const { exitCode, output } = await pulumi(...args);
    assert.equal(exitCode, 0, output);
    return output;
  };
  const up = (...args: string[]): Promise<string> =>
    succeed("up", "--yes", "--skip-preview", ...args);
  /** An update that must fail in plain words. */
  const fail = async (expected: RegExp): Promise<Step[]> => {
    const { exitCode, output } = await pulumi("up", "--yes", "--skip-preview");
    assert.notEqual(exitCode, 0, output);
    assert.match(output, expected);
    assert.doesNotMatch(output, /^\s+at .*\.[jt]s:\d+/m, "a stack trace");
    return stepsOf(output);
  };
  /** Sets a key below `k8s-test:live` in the sandbox's own copy of the stack's config. */
  const configure = async (key: string, value: Json): Promise<void> => {
    const path = join(place.engine.folders.project, `Pulumi.${STACK}.yaml`);
    const file = parse(await readFile(path, "utf8")) as { config: Record<string, Json> };
    const live = file.config["k8s-test:live"];
    const next = withValue(isObject(live) ? live : {}, key.split("."), value);
    const config = { ...file.config, "k8s-test:live": next };
    await writeFile(path, stringify({ ...file, config }));
  };
  const only = (type: string): Json => {
    const [record, ...others] = world.all(type);
    assert.ok(record !== undefined && others.length === 0, type);
    return record.state;
  };
  const objects = async (): Promise<string[]> =>
    (await everything(client)).filter((object) => !/\/(?:events|leases|endpoint)/.test(object));
  const touched = (output: string): string[] =>
    stepsOf(output)
      .filter(({ what, type }) => what.endsWith("ed") && type !== "pulumi:pulumi:Stack")
      .map(({ what, type }) => `${what} ${type}`)
      .sort();

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("40m");
    const options = { name: NAME, stack: STACK, tier: "cluster", install: false, say } as const;
    place = await sandboxPlace(options);
    client = clientOf(place.target.kubeconfigPath);
    atFirst = await everythingAtFirst(client);
    await prepareStack(place, { stack: STACK, say });
    world = new World(place.cloud?.world ?? assert.fail());
    // One release behind, so that there is a step to take; and short, as nobody here is slow.
    await configure("cluster.version", "1.35");
    await configure("addons.kubeProxy", "v1.35.3-eksbuild.21");
    await configure("cluster.deletionProtection", false);
    await configure("tailnet.waitSeconds", 60);
  });

  it("says what is simulated and what is real", () => {
    const text = said.join("\n");
    assert.match(text, /Simulated: AWS, EKS and the tailnet/);
    assert.match(text, /Real: Pulumi's engine, the program/);
    assert.match(text, /live\.accountId +123456789012: the one that is simulated/);
  });

  it("fails in plain words where the router never joins, and keeps what it made", async () => {
    const router: Fault = { type: "aws:autoscaling/group:Group", action: "create", never: true };
    setFaults(world.folder, [router, ...PASSING]);
    const steps = await fail(/want at least 1 healthy instance\(s\) in Auto Scaling Group/);
    assert.deepEqual(steps.filter(isOfKubernetes), []);
    const state = await succeed("stack", "export");
    assert.match(state, /aws:ec2\/vpc:Vpc/);
  });

  it("goes on from there, and waits for a role that takes its time, and for its turn", async () => {
    setFaults(world.folder, PASSING);
    const output = await up();
    const steps = stepsOf(output);
    const first = steps.findIndex(isOfKubernetes);
    const late = steps
      .slice(first)
      .filter(({ what, type }) => what === "created" && WAY_IN.includes(type));
    assert.deepEqual(late, [], "made after the first object of Kubernetes was begun");
    assert.ok(first > 0);
  });

  it("ends with the app under its own name, at the load balancer's address", async () => {
    const { url, namespace } = await outputsOf(place.engine, STACK);
    assert.equal(url, "https://httpbin.live.test");
    const ingress = await client.call({
      path: `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/httpbin`,
    });
    const address = textAt(ingress, "status", "loadBalancer", "ingress", 0, "hostname") ?? "";
    assert.match(address, /^internal-k8s-.*\.elb\.amazonaws\.com$/);
    const records = world.all("aws:route53/record:Record").map(({ state }) => state);
    assert.ok(
      records.some((record) => JSON.stringify(record).includes(address)),
      "no record leads there",
    );
    // From here on nothing is to change by itself: the autoscaler has begun with one pod.
    const list = { path: `/api/v1/namespaces/${namespace}/pods` };
    const hasAll = async (): Promise<boolean> =>
      objectsAt(await client.call(list), "items").length === MIN_PODS;
    await until(`there are ${String(MIN_PODS)} pods`, hasAll);
  });

  it("has nothing in it that no stack may do, now that all of it is known", async () => {
    const { folders, home } = place.engine;
    const pack = await preparePolicyPack(folders.policy, home);
    const output = await succeed("policy", "analyze", ...pack);
    assert.match(output, /Policies:\n +\S+ k8s-test@v0\.1\.0/);
    assert.doesNotMatch(output, /\[mandatory\]/);
  });

  it("changes nothing when it is run again", async () => {
    const entries = readJournal(world.folder).length;
    assert.deepEqual(touched(await up()), []);
    assert.equal(readJournal(world.folder).length, entries);
  });

  it("changes the greatest number of nodes in place once AWS lets it, and not the desired one", async () => {
    await configure("nodes.maxSize", 6);
    await configure("nodes.desiredSize", 3);
    const error = "TooManyRequestsException: Rate exceeded";
    setFaults(world.folder, [{ type: "aws:eks/nodeGroup:NodeGroup", action: "update", error }]);
    await fail(/Rate exceeded \(exceeded maximum number of attempts, \d+\)/);
    setFaults(world.folder, []);
    assert.deepEqual(touched(await up()), ["updated aws:eks:NodeGroup"]);
    const scaling = at(only("aws:eks/nodeGroup:NodeGroup"), "scalingConfig");
    assert.deepEqual([at(scaling, "maxSize"), at(scaling, "desiredSize")], [6, 2]);
  });

  it("takes the cluster to the next release in place", async () => {
    await configure("cluster.version", versions.eks);
    await configure("addons.kubeProxy", versions.eksAddons.kubeProxy);
    const output = await up();
    assert.ok(touched(output).includes("updated aws:eks:Cluster"), output);
    assert.deepEqual(
      touched(output).filter((step) => /replaced|deleted|kubernetes:/.test(step)),
      [],
    );
    assert.equal(textAt(only("aws:eks/cluster:Cluster"), "version"), versions.eks);
  });

  it("replaces the router, and touches no object of Kubernetes", async () => {
    const before = await objects();
    await configure("tailnet.instanceType", "t4g.small");
    const output = await up();
    assert.deepEqual(stepsOf(output).filter(isOfKubernetes), []);
    assert.ok(touched(output).includes("updated aws:ec2:LaunchTemplate"), output);
    assert.deepEqual(await objects(), before);
  });

  it("takes another way to the same API without making anything anew", async () => {
    const api = world.clusterApi ?? assert.fail();
    world.clusterApi = { ...api, endpoint: api.endpoint.replace("127.0.0.1", "localhost") };
    const before = await objects();
    const output = await up("--refresh");
    assert.ok(touched(output).includes("updated pulumi:providers:kubernetes"), output);
    assert.deepEqual(stepsOf(output).filter(isOfKubernetes), []);
    assert.deepEqual(await objects(), before);
  });

  it("says so within its time where the API does not answer, and changes nothing", async () => {
    const api = world.clusterApi ?? assert.fail();
    // A port on which nobody listens (RFC 863).
    world.clusterApi = { ...api, endpoint: "https://127.0.0.1:9" };
    const before = await objects();
    await succeed("refresh", "--yes", "--skip-preview", "--target", await clusterUrn());
    await fail(/127\.0\.0\.1:9/);
    assert.deepEqual(await objects(), before);
    world.clusterApi = api;
    await succeed("refresh", "--yes", "--skip-preview", "--target", await clusterUrn());
    await up();
  });

  it("is previewed with its cluster, and as a whole with none", async () => {
    assert.match(await succeed("preview"), /Resources:\n +\d+ unchanged/);
    const { engine, ...none } = await nowhere(say, STACK);
    await prepareStack({ engine, ...none }, { stack: STACK, say });
    const { folders, env } = engine;
    const preview = await startPulumi(["preview", "--stack", STACK], { cwd: folders.project, env });
    const { exitCode, all } = await preview.result;
    assert.equal(exitCode, 0, all);
    assert.match(all, /kubernetes:networking\.k8s\.io\/v1:Ingress \S+ create/);
    assert.doesNotMatch(all, /error/);
  });

  it("goes in the order in which nothing stays, the way in last", async () => {
    const steps = stepsOf(await succeed("destroy", "--yes", "--skip-preview"));
    const last = steps.findLastIndex(isOfKubernetes);
    const deleted = new Set(steps.filter(({ what }) => what === "deleted").map(({ type }) => type));
    assert.deepEqual(
      WAY_IN.filter((type) => !deleted.has(type)),
      [],
    );
    const early = steps
      .slice(0, last)
      .filter(({ what, type }) => what === "deleting" && WAY_IN.includes(type));
    assert.deepEqual(early, [], "deleted while there were objects of Kubernetes");
    assert.deepEqual(world.everything(), []);
    const left = (await everything(client)).filter((object) => !atFirst.includes(object));
    assert.deepEqual(
      left.filter((object) => !LEFT_BY_HELM.test(object)),
      [],
    );
  });

  it("comes up again from nothing by one command", async () => {
    await upStack(place, { stack: STACK, say });
    assert.match(said.join("\n"), /The autoscaler reads \(simulated\): 2 pods/);
  });

  async function clusterUrn(): Promise<string> {
    const { deployment } = JSON.parse(await succeed("stack", "export")) as {
      deployment: { resources: { urn: string; type: string }[] };
    };
    return (
      deployment.resources.find(({ type }) => type === "aws:eks/cluster:Cluster")?.urn ??
      assert.fail()
    );
  }
});
