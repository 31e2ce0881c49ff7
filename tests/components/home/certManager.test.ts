import { strict as assert } from "node:assert";

import * as kubernetes from "@pulumi/kubernetes";

import { CertManager, certManagerValues } from "../../../components/home/certManager";
import { versions } from "../../../versions";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const NAMESPACE = "kubernetes:core/v1:Namespace";

describe("CertManager", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(() => {
      const { namespace } = new CertManager("cm", {
        namespace: "tls",
        recursiveNameservers: ["192.0.2.1:53"],
      });
      return Promise.resolve({ namespace });
    });
  });

  it("installs the pinned chart into a namespace of its own, whole or not at all", () => {
    const release = only(result, RELEASE);
    assert.equal(at(release, "chart"), "cert-manager");
    assert.equal(at(release, "name"), "cert-manager");
    assert.equal(at(release, "version"), versions.certManager);
    assert.equal(at(release, "repositoryOpts.repo"), "https://charts.jetstack.io");
    assert.equal(at(release, "namespace"), "tls");
    assert.equal(at(release, "atomic"), true);
    assert.ok(release.dependencies.includes(only(result, NAMESPACE).urn));
    assert.equal(result.outputs["namespace"], "tls");
  });

  it("waits for the chart's pods and its start-up check, at most 5 minutes", () => {
    const release = only(result, RELEASE);
    assert.equal(at(release, "skipAwait"), undefined);
    assert.equal(at(release, "timeout"), 300);
  });

  it("enforces Pod Security restricted on the namespace", () => {
    const labels = at(only(result, NAMESPACE), "metadata.labels") as Record<string, string>;
    assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
    assert.equal(at(only(result, NAMESPACE), "metadata.name"), "tls");
  });

  it("registers its namespace", () => {
    assert.deepEqual(only(result, "k8s-test:home:CertManager").outputs, { namespace: "tls" });
  });

  it("is made after what it depends on, down to its children", async () => {
    const run = await runProgram(() => {
      const first = new kubernetes.core.v1.Namespace("first");
      const args = { namespace: "tls", recursiveNameservers: ["192.0.2.1:53"] };
      new CertManager("cm", args, { dependsOn: first });
      return Promise.resolve({});
    });
    const { urn } = only(run, NAMESPACE, "first");
    assert.ok(only(run, NAMESPACE, "cm").dependencies.includes(urn));
    assert.ok(only(run, RELEASE).dependencies.includes(urn));
  });

  it("is the parent of both", () => {
    const { urn } = only(result, "k8s-test:home:CertManager");
    assert.equal(only(result, RELEASE).parent, urn);
    assert.equal(only(result, NAMESPACE).parent, urn);
  });
});

describe("certManagerValues", () => {
  const values = certManagerValues(["https://1.1.1.1/dns-query", "192.0.2.1:53"]);

  it("brings the kinds with the chart, and takes them away with it", () => {
    assert.deepEqual(values["crds"], { enabled: true, keep: false });
  });

  it("asks the given resolvers and no others, so that a home's own DNS hides nothing", () => {
    assert.equal(values["dns01RecursiveNameservers"], "https://1.1.1.1/dns-query,192.0.2.1:53");
    assert.equal(values["dns01RecursiveNameserversOnly"], true);
  });

  it("takes a certificate's Secret away with its Certificate", () => {
    assert.equal(values["enableCertificateOwnerRef"], true);
  });

  it("gives each of the three pods requests and a memory limit", () => {
    for (const pod of [values, values["webhook"], values["cainjector"]]) {
      const { resources } = pod as {
        resources: { requests: Record<string, string>; limits: Record<string, string> };
      };
      assert.deepEqual(Object.keys(resources.requests), ["cpu", "memory"]);
      assert.deepEqual(Object.keys(resources.limits), ["memory"]);
    }
  });
});
