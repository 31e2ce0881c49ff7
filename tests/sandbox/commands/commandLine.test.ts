import { strict as assert } from "node:assert";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { run } from "../../../host/run";
import { ROOT, sandbox } from "../../support/command";

const COMMANDS = [
  "up",
  "preview",
  "load",
  "picture",
  "forward",
  "dashboard",
  "scan",
  "shell",
  "status",
  "logs",
  "down",
  "reset",
  "bench",
];

/** What is typed, and what the answer says of it. */
const MISTAKES: readonly (readonly [typed: string, answer: RegExp])[] = [
  ["frobnicate", /unknown command 'frobnicate'/],
  ["stauts", /unknown command 'stauts'\n\(Did you mean status\?\)/],
  ["up --nodes 3", /unknown option '--nodes'/],
  ["up now", /too many arguments for 'up'/],
  ["up --tier big", /'big' is invalid\. Allowed choices are auto, cluster, node\./],
  ["up --tier cluster --context mine", /'--context <context>' cannot be used with .*'--tier/],
  ["up --tier node --arm64", /--arm64 needs --tier cluster/],
  ["up --monitoring --stack live", /--monitoring needs --stack home, and the stack is "live"/],
  ["up --monitoring --tier cluster", /--monitoring needs --tier node, and --tier cluster is given/],
  ["up --monitoring --no-edge", /--monitoring needs the edge, and --no-edge is given/],
  ["up --monitoring --context mine", /'--context <context>' cannot be used with .*'--monitoring'/],
  ["up --tailnet mine", /'mine' is invalid\. Allowed choices are simulated, real\./],
  ["up --tailnet real", /--tailnet real needs --stack live, and the stack is "home"/],
  [
    "up --stack live --tailnet real --tier cluster",
    /--tailnet real needs --tier node, and --tier cluster is given/,
  ],
  ["up --tailnet real --context mine", /'--context <context>' cannot be used with .*'--tailnet/],
  ["down --name a --context mine", /'--context <context>' cannot be used with .*'--name/],
  ["preview --summary", /argument missing/],
  ["preview --stack mine", /'mine' is invalid\. Allowed choices are home, live\./],
  ["preview --stack live --context mine", /"live" makes its cluster itself, .*leave --context out/],
  ["shell --name none", /There is no cluster "none"\. Start one: npm start/],
  ["status --name No_1", /"No_1" cannot be a cluster's name\. Allowed are/],
  [
    "picture --name none",
    /There is no cluster "none"\. Start one: npm run sandbox -- up --name none/,
  ],
  [
    "forward --name none",
    /There is no cluster "none"\. Start one: npm run sandbox -- up --name none/,
  ],
  ["forward --port 0", /'0' is invalid\. It is no port: those are whole numbers from 1 to 65535\./],
  ["forward --port 65536", /'65536' is invalid\. It is no port/],
  ["forward --port https", /'https' is invalid\. It is no port/],
  [
    "dashboard --name none",
    /There is no cluster "none"\. Start one: npm run sandbox -- up --name none --monitoring/,
  ],
  ["dashboard --minutes 1441", /'1441' is invalid\. A whole number from 1 to 1440 is needed\./],
  ["logs", /missing required argument 'process'/],
  ["logs etcd --name none", /There are no logs of a cluster "none"\./],
  ["logs etcd --lines 0", /'0' is invalid\. It is no whole number above 0\./],
  ["logs etcd --lines 1.5", /'1\.5' is invalid\. It is no whole number above 0\./],
  ["logs etcd --lines ten", /'ten' is invalid\. It is no whole number above 0\./],
  [
    "bench --only all",
    /'all' is invalid\. Allowed choices are preview, apps, live, start, scale, requests\./,
  ],
  ["bench --against /no/file", /--against \/no\/file: it is no file of rows .* ENOENT/],
  [
    "scan --only grype",
    /'grype' is invalid\. Allowed choices are kubeconform, kube-score, checkov, trivy\./,
  ],
  ["scan --name none", /There is no cluster "none"\. Start one: npm start/],
  ["reset --everything", /unknown option '--everything'/],
];

describe("the command line of the sandbox", () => {
  let folder = "";
  const inFolder = (typed: string): ReturnType<typeof sandbox> =>
    sandbox(typed.split(" "), { XDG_STATE_HOME: folder });

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "k8s-test-commands-"));
  });
  after(() => rm(folder, { recursive: true }));

  it("explains itself, and names its commands", async () => {
    const help = await run("npm", ["run", "--silent", "sandbox", "--", "--help"], { cwd: ROOT });
    assert.match(help, /^Usage: npm run sandbox -- \[options\] \[command\]\n/);
    const [, list = ""] = help.split("\nCommands:\n");
    const named = [...list.matchAll(/^ {2}([a-z]+) .*\S {2,}\S/gm)].map(([, name]) => name);
    assert.deepEqual(named, [...COMMANDS, "help"]);
  });

  it("explains each command and all of its options", async () => {
    const helps = await Promise.all(COMMANDS.map((command) => sandbox([command, "--help"])));
    for (const [index, { ok, stdout }] of helps.entries()) {
      const command = String(COMMANDS[index]);
      assert.ok(ok, command);
      assert.ok(stdout.startsWith(`Usage: npm run sandbox -- ${command} `), stdout);
      // No option stands there without a word of what it does.
      assert.doesNotMatch(stdout, /^ {2}-[^ ]*(?: <\w+>)?$/m);
    }
  });

  it("says what is wrong with what is typed, and does nothing", async () => {
    const answers = await Promise.all(MISTAKES.map(([typed]) => inFolder(typed)));
    for (const [index, { exitCode, stdout, stderr }] of answers.entries()) {
      const [typed, answer] = MISTAKES[index] ?? ["", /^$/];
      assert.match(stderr, answer, typed);
      assert.doesNotMatch(stderr, /^ +at /m, `${typed}: no stack trace`);
      assert.deepEqual([exitCode, stdout], [1, ""], typed);
    }
  });
});
