import { strict as assert } from "node:assert";

import { traefikRequests } from "../../../components/home/traefikRequests";
import { albRequestsTrigger } from "../../../components/live/albRequestsTrigger";
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

  it("lets KEDA read the Secrets of its own namespace only, as no trigger has one", () => {
    assert.deepEqual(kedaValues()["permissions"], { operator: { restrict: { secret: true } } });
    for (const { authentication } of [
      traefikRequests("http://prometheus.monitoring:9090", "web", "httpbin"),
      albRequestsTrigger("eu-west-1", "app/a/1;targetgroup/b/2"),
    ]) {
      assert.equal("secretTargetRef" in (authentication ?? {}), false);
    }
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
