import { strict as assert } from "node:assert";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Ajv } from "ajv";

import { certManagerValues } from "../components/home/certManager";
import { goModule } from "../host/goModule";
import program from "../index";
import type { AppliedObject } from "../sandbox/scan/appliedObjects";
import type { Finding, Scanner } from "../sandbox/scan/finding";
import { writeManifests } from "../sandbox/scan/manifestFolder";
import { runScanners } from "../sandbox/scan/scanners";
import { ensureTools } from "../sandbox/toolchain/toolchain";
import { TOOLS } from "../sandbox/toolchain/tools";
import { versions } from "../versions";
import { fixtures } from "./support/fixtures";
import { hasGo } from "./support/goTools";
import { writeBuiltInSchemas, writeCustomSchemas } from "./support/jsonSchemas";
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
  "deployment-replicas":
    "A ScaledObject stands in the autoscaler's place, which kube-score does not know of.",
  "networkpolicy-targets-pod":
    "Of what a chart brings, such as Prometheus and its operator, nothing is among the manifests.",
  "horizontalpodautoscaler-replicas":
    "One pod is enough for a home without load; a roll-out makes the new one before the old goes.",
};

const QUIET = { install: false, say: () => undefined };

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
    await ensureTools(
      TOOLS.filter(({ group }) => group === "scanners"),
      QUIET,
    );
  });
  after(async () => {
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  /** What one scanner has against objects: the check, and the object and what is wrong with it. */
  async function found(scanner: Scanner, name: string, objects: object[]): Promise<Finding[]> {
    const written = await writeManifests(join(folder, name), objects as AppliedObject[]);
    assert.equal(written.objects.size, objects.length, "a file for each");
    const options = { scanners: [scanner], schemas: join(folder, "schemas"), ...QUIET };
    return (await runScanners(written, options)).get(scanner)?.findings ?? [];
  }

  async function kubeconform(name: string, objects: object[]): Promise<string[]> {
    const findings = await found("kubeconform", name, objects);
    return findings.map(({ object, message }) => `${object}: ${message}`);
  }

  it("are those of every valid config", () => {
    assert.deepEqual(
      [...manifests].map(([reason, objects]) => [reason, objects.length]),
      [
        ["cloudflare", 12],
        ["everything-there-already", 8],
        ["home-on-requests-per-second", 22],
        ["home-with-a-prometheus-that-is-there", 17],
        ["home-with-a-prometheus-that-only-watches", 16],
        ["live", 8],
        ["live-in-a-network-that-is-there", 8],
        ["live-on-requests-per-second", 15],
        ["live-with-a-keda-that-is-there", 9],
        ["live-with-everything", 8],
        ["rfc2136-at-a-private-acme-server", 11],
        ["route53-in-production", 12],
      ],
    );
  });

  it("are what Kubernetes, cert-manager, Traefik, KEDA and Prometheus' operator take, to the last field", async () => {
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
    assert.match(String(problem), /Deployment httpbin\/httpbin: .*'replica' not allowed/);
  });

  it("have nothing against them that is critical, nor a warning without its reason", async () => {
    const seen = new Set<string>();
    for (const [reason, objects] of manifests) {
      for (const { check, object, message } of await found("kube-score", reason, objects)) {
        assert.ok(check in WAIVERS, `${reason}: ${object}: ${check}: ${message}`);
        seen.add(check);
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
  const keda = await goModule(`github.com/kedacore/keda/v2@v${versions.keda}`);
  for (const kind of ["scaledobjects", "triggerauthentications"]) {
    await writeCustomSchemas(join(keda, "config/crd/bases", `keda.sh_${kind}.yaml`), folder);
  }
  const operator = `github.com/prometheus-operator/prometheus-operator@${versions.prometheusOperator}`;
  const kinds = join(await goModule(operator), "example", "prometheus-operator-crd");
  for (const kind of ["podmonitors", "prometheusrules"]) {
    await writeCustomSchemas(join(kinds, `monitoring.coreos.com_${kind}.yaml`), folder);
  }
}
