import { strict as assert } from "node:assert";

import { Keda, kedaValues } from "../../../components/monitoring/keda";
import { scrapes } from "../../../components/monitoring/scrapes";
import { versions } from "../../../versions";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const NAMESPACE = "kubernetes:core/v1:Namespace";

describe("Keda", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(() => {
      new Keda("keda", { namespace: "scaling" });
      return Promise.resolve({});
    });
  });

  it("installs the pinned chart into a namespace of its own, whole or not at all", () => {
    const release = only(result, RELEASE);
    assert.equal(at(release, "chart"), "keda");
    assert.equal(at(release, "version"), versions.keda);
    assert.equal(at(release, "namespace"), "scaling");
    assert.equal(at(release, "atomic"), true);
    assert.ok(release.dependencies.includes(only(result, NAMESPACE).urn));
  });

  it("enforces Pod Security restricted on the namespace", () => {
    const labels = at(only(result, NAMESPACE), "metadata.labels") as Record<string, string>;
    assert.equal(labels["pod-security.kubernetes.io/enforce"], "restricted");
  });

  it("lets a ScaledObject take the place of an autoscaler in a running stack", () => {
    assert.deepEqual(kedaValues()["webhooks"], { enabled: false });
  });

  it("shows its metrics where they are scraped", () => {
    const [scrape] = scrapes({ keda: "scaling" });
    assert.deepEqual(kedaValues()["prometheus"], {
      operator: { enabled: true, port: scrape?.port },
    });
  });

  it("registers that it is complete", () => {
    assert.deepEqual(only(result, "k8s-test:monitoring:Keda").outputs, {});
  });
});
