import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Ajv } from "ajv";

import { certManagerValues } from "../components/home/certManager";
import { goModule } from "../host/goModule";
import program from "../index";
import { versions } from "../versions";
import { fixtures } from "./support/fixtures";
import { goTool, hasGo } from "./support/goTools";
import { SCHEMA_TEMPLATE, writeBuiltInSchemas, writeCustomSchemas } from "./support/jsonSchemas";
import { apiStandIn } from "./support/apiStandIn";
import { liveMocks } from "./support/live";
import { manifestsOf } from "./support/manifests";
import { runProgram } from "./support/program";
import { skip } from "./support/reporter";
import { readStackFile } from "./support/stackFile";

const CERT_MANAGER = `github.com/cert-manager/cert-manager@${versions.certManager}`;

/** What kube-score says against the manifests, and why it stays so: a line for each check. */
const WAIVERS: Readonly<Record<string, string>> = {
  "container-image-pull-policy":
    "The image has a digest or a tag that is no latest: to pull it at every start could only fail.",
  "deployment-has-host-podantiaffinity":
    "Topology spread over hosts and zones does it, and still runs where there is one node.",
  "horizontalpodautoscaler-replicas":
    "One pod is enough for a home without load; a roll-out makes the new one before the old goes.",
};

interface Finding {
  object_name: string;
  checks: { check: { id: string }; grade: number; skipped: boolean; comments: unknown }[] | null;
}

/** kube-score's grade of a check that has nothing to say. */
const ALL_OK = 10;

describe("the manifests", () => {
  const manifests = new Map<string, object[]>();
  let folder = "";

  before(async function () {
    // Go downloads and builds what is checked with, the first time.
    this.timeout("10m");
    if (!(await hasGo())) skip(this, "Go is not there, which builds kubeconform and kube-score");
    folder = await mkdtemp(join(tmpdir(), "k8s-test-manifests-"));
    const api = await apiStandIn();
    for (const { reason, stackFile } of fixtures("valid")) {
      const options = { ...(await readStackFile(stackFile)), ...liveMocks(api) };
      // That at home as a preview: an update would wait for what is on a cluster.
      const preview = options.stack === "home";
      manifests.set(reason, manifestsOf(await runProgram(program, { ...options, preview })));
    }
    await api.close();
    await writeSchemas(join(folder, "schemas"));
    // Built here, where there is time for it, and not within the first test.
    await goTool("manifests", "kubeconform", ["-v"]);
    await goTool("manifests", "kube-score", ["version"]);
  });
  after(async () => {
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  /** Writes manifests to a file, as one list: JSON is YAML. */
  async function fileOf(name: string, objects: object[]): Promise<string> {
    const path = join(folder, `${name}.yaml`);
    await writeFile(path, objects.map((object) => JSON.stringify(object)).join("\n---\n"));
    return path;
  }

  async function kubeconform(name: string, objects: object[]): Promise<string[]> {
    const { stdout, stderr } = await goTool("manifests", "kubeconform", [
      "-strict",
      "-output=json",
      "-kubernetes-version",
      versions.kubernetes,
      "-schema-location",
      join(folder, "schemas", SCHEMA_TEMPLATE),
      "-summary",
      await fileOf(name, objects),
    ]);
    const { resources, summary } = JSON.parse(stdout || stderr) as {
      resources?: { kind: string; name: string; msg: string }[];
      summary: { valid: number; invalid: number; errors: number; skipped: number };
    };
    const wrong = (resources ?? []).map(({ kind, name: of, msg }) => `${kind} ${of}: ${msg}`);
    assert.equal(summary.valid + wrong.length, objects.length, `looked at: ${stdout}`);
    return wrong;
  }

  async function kubeScore(name: string, objects: object[]): Promise<string[]> {
    const [major, minor] = versions.kubernetes.split(".");
    const { stdout, stderr } = await goTool("manifests", "kube-score", [
      "score",
      "--output-format=json",
      `--kubernetes-version=v${String(major)}.${String(minor)}`,
      await fileOf(name, objects),
    ]);
    assert.notEqual(stdout, "", stderr);
    return (JSON.parse(stdout) as Finding[]).flatMap(({ object_name: object, checks }) =>
      (checks ?? [])
        .filter(({ grade, skipped }) => !skipped && grade < ALL_OK)
        .map(
          ({ check, comments, grade }) =>
            `${check.id} ${object} ${String(grade)} ${JSON.stringify(comments)}`,
        ),
    );
  }

  it("are those of every valid config", () => {
    assert.deepEqual(
      [...manifests].map(([reason, objects]) => [reason, objects.length]),
      [
        ["cloudflare", 12],
        ["everything-there-already", 8],
        ["live", 8],
        ["live-in-a-network-that-is-there", 8],
        ["live-with-everything", 8],
        ["rfc2136-at-a-private-acme-server", 11],
        ["route53-in-production", 12],
      ],
    );
  });

  it("are what Kubernetes, cert-manager and Traefik take, to the last field", async () => {
    for (const [reason, objects] of manifests) {
      assert.deepEqual(await kubeconform(reason, objects), [], reason);
    }
  });

  it("come with values that cert-manager's chart takes, to the last one", async () => {
    const chart = join(await goModule(CERT_MANAGER), "deploy", "charts", "cert-manager");
    const schema = await readFile(join(chart, "values.schema.json"), "utf8");
    const validate = new Ajv({ strict: false }).compile(JSON.parse(schema) as object);
    const values = certManagerValues(["192.0.2.1:53"]);
    assert.ok(validate(values), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...values, dns01RecursiveNameserver: "192.0.2.1:53" }));
  });

  it("would be found out if a field of them were wrong or not known", async () => {
    const [deployment] = (manifests.get("live") ?? []).filter(
      (object) => "kind" in object && object.kind === "Deployment",
    );
    assert.ok(deployment && "spec" in deployment);
    const wrong = { ...deployment, spec: { ...(deployment.spec as object), replica: 1 } };
    const [problem] = await kubeconform("wrong", [wrong]);
    assert.match(String(problem), /Deployment httpbin: .*'replica' not allowed/);
  });

  it("have nothing against them that is critical, nor a warning without its reason", async () => {
    const seen = new Set<string>();
    for (const [reason, objects] of manifests) {
      for (const finding of await kubeScore(reason, objects)) {
        const [id = ""] = finding.split(" ");
        assert.ok(id in WAIVERS, `${reason}: ${finding}`);
        seen.add(id);
      }
    }
    assert.deepEqual([...seen].sort(), Object.keys(WAIVERS).sort(), "no waiver without need");
  });
});

async function writeSchemas(folder: string): Promise<void> {
  await writeBuiltInSchemas(await goModule(`k8s.io/kubernetes@v${versions.kubernetes}`), folder);
  const crds = join(await goModule(CERT_MANAGER), "deploy", "crds");
  await writeCustomSchemas(join(crds, "cert-manager.io_clusterissuers.yaml"), folder);
  const traefik = await goModule(`github.com/traefik/traefik/v3@${versions.traefik}`);
  const reference = "docs/content/reference/dynamic-configuration/traefik.io_middlewares.yaml";
  await writeCustomSchemas(join(traefik, reference), folder);
}
