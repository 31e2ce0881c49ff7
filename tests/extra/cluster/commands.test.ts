import { strict as assert } from "node:assert";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { parse, stringify } from "yaml";

import { startCluster, type RunningCluster } from "../../../sandbox/cluster/startCluster";
import { toolsOf } from "../../../sandbox/toolchain/tools";
import { clientOf } from "../../support/client";
import { sandbox, startSandbox } from "../../support/command";
import { ownStateFolder } from "../../support/ownStateFolder";
import { everything, everythingAtFirst } from "../../support/providerSuite";
import { Kubectl } from "../../cluster/kubectl";
import { machineListing } from "../../cluster/machine";
import { restrictedNamespace } from "../../cluster/pods";

const NAME = "commands";

/** What a user does in the shell: it ends with an error, as the last command of a day may. */
const SESSION = `#!/bin/sh
trap 'echo "(interrupted)"' INT
pulumi stack ls
pulumi preview --non-interactive
kubectl config current-context
kubectl get namespaces --output=name
echo "(waiting)"
sleep 30
echo "(going on)"
exit 3
`;

interface Kubeconfig {
  contexts: { name: string; context: object }[];
  clusters: object[];
  "current-context": string;
}

/** The cluster of this suite is the sandbox's, by name, and plays the user's own, by context. */
describe("The commands of the sandbox, as they are typed", () => {
  const state = ownStateFolder(NAME);
  let untouched: Record<string, string[]>;
  let cluster: RunningCluster;
  let atFirst: string[];
  let env: Record<string, string>;

  const listing = (): Promise<string[]> => everything(clientOf(cluster.kubeconfigPath));
  const succeed = async (...args: string[]): Promise<string> => {
    const { ok, all } = await sandbox(args, env);
    assert.ok(ok, all);
    return all;
  };
  /** Runs the session in `shell`, interrupts what runs in it, and gives all that was said. */
  const shell = async (...args: string[]): Promise<string> => {
    const command = startSandbox(["shell", ...args], env);
    await command.until("(waiting)");
    await sleep(200); // until the shell waits
    command.killGroup("SIGINT");
    assert.equal(await command.ended, 0, command.said);
    assert.match(command.said, /\(waiting\)\s+\(interrupted\)\s+\(going on\)/);
    return command.said;
  };

  before(async function () {
    this.timeout("40m");
    untouched = await machineListing(state.path(), NAME);
    const tools = toolsOf("preview");
    cluster = await startCluster({ name: NAME, tier: "cluster", tools });
    await new Kubectl(cluster).apply(restrictedNamespace("mine"));
    atFirst = await everythingAtFirst(clientOf(cluster.kubeconfigPath));

    const session = join(state.path(), "session");
    await writeFile(session, SESSION);
    await chmod(session, 0o755);
    env = {
      SHELL: session,
      KUBECONFIG: join(state.path(), "kubeconfig"),
      // The user's own login: nothing must be looked for there.
      PULUMI_BACKEND_URL: "https://pulumi.invalid",
      PULUMI_HOME: join(state.path(), "pulumi-of-the-user"),
    };
    await writeFile(String(env["KUBECONFIG"]), await kubeconfigOfUser());
  });

  /** With two contexts, of which the current one leads to nothing. */
  async function kubeconfigOfUser(): Promise<string> {
    const own = parse(await readFile(cluster.kubeconfigPath, "utf8")) as Kubeconfig;
    const context = own.contexts[0]?.context;
    const nothing = { name: "nothing", cluster: { server: "https://127.0.0.1:1" } };
    const elsewhere = { name: "elsewhere", context: { ...context, cluster: "nothing" } };
    return stringify({
      ...own,
      clusters: [...own.clusters, nothing],
      contexts: [{ name: "own", context }, elsewhere],
      "current-context": "elsewhere",
    });
  }

  it("status shows what runs, and logs its last lines", async () => {
    const status = await succeed("status", "--name", NAME);
    assert.match(status, /^Cluster "commands": tier cluster, running/);
    assert.match(status, /^ {2}kube-apiserver +\d+ MiB {2}pid \d+ /m);
    const lines = (await succeed("logs", "etcd", "--lines", "3", "--name", NAME)).split("\n");
    assert.equal(lines.length, 3);
    const { exitCode, stderr } = await sandbox(["logs", "kube-api", "--name", NAME], env);
    assert.equal(exitCode, 1);
    assert.match(stderr, /^There is no log of "kube-api"\. There are: etcd, .*kube-apiserver, /);
  });

  it("shell has plain pulumi and kubectl work on the sandbox, and outlives a Ctrl-C", async () => {
    const said = await shell("--name", NAME);
    assert.match(said, /^home\* /m);
    assert.match(said, /\+ 13 to create/);
    assert.match(said, /^k8s-test-sandbox$/m);
    assert.match(said, /^namespace\/mine$/m);
  });

  it("preview of a context that there is not says which there are", async () => {
    const { exitCode, stderr } = await sandbox(["preview", "--context", "mine"], env);
    assert.equal(exitCode, 1);
    assert.match(stderr, /^There is no context "mine" in .*\. It has: elsewhere, own\.$/);
  });

  it("up --monitoring of a cluster that runs without says so, and changes nothing", async () => {
    const before = await listing();
    const { exitCode, stderr } = await sandbox(["up", "--monitoring", "--name", NAME], env);
    assert.equal(exitCode, 1);
    assert.match(
      stderr,
      /^Cluster "commands" runs already \(tier cluster, .*\), and one of tier node and with KEDA and Prometheus is asked for\. .*end it: npm run sandbox -- down --name commands$/,
    );
    assert.deepEqual(await listing(), before);
  });

  it("up runs the stack on a cluster of the user's own, by its context", async () => {
    const said = await succeed("up", "--context", "own");
    assert.match(said, /The nodes of context "own" are simulated/);
    assert.match(said, /\+ 13 created/);
    assert.match(said, /The autoscaler reads \(simulated\): 1 pod, cpu \d+ %, memory \d/);
    assert.match(said, /npm run sandbox -- down --context own/);
  });

  it("preview and shell then find nothing to do there", async () => {
    assert.match(await succeed("preview", "--context", "own"), / 13 unchanged/);
    const said = await shell("--context", "own");
    assert.match(said, / 13 unchanged/);
    assert.match(said, /^own$/m);
    assert.match(said, /^namespace\/httpbin$/m);
  });

  it("down takes the stack away, twice, and leaves the user's objects alone", async () => {
    const { exitCode, stderr } = await sandbox(["reset"], env);
    assert.equal(exitCode, 1);
    assert.match(stderr, /There may be a stack on your own cluster of context "own"/);
    assert.match(
      await succeed("down", "--context", "own"),
      /Stack "home" is gone from the cluster/,
    );
    assert.deepEqual(await listing(), atFirst);
    assert.match(
      await succeed("down", "--context", "own"),
      /There is no stack "home" on the clust/,
    );
  });

  it("reset ends the cluster, and leaves nothing of it", async () => {
    const said = await succeed("reset");
    assert.match(said, /^Cluster "commands" is down\.\nRemoved /);
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
  });
});
