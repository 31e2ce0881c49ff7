import { strict as assert } from "node:assert";

import { scaledObjectSpec } from "../../../components/httpbin/scaledObject";
import { runApp } from "../../support/app";
import { at, only, type ProgramResult } from "../../support/program";

const OWN = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const SCALED_OBJECT = "kubernetes:keda.sh/v1alpha1:ScaledObject";
const AUTHENTICATION = "kubernetes:keda.sh/v1alpha1:TriggerAuthentication";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";

const trigger = {
  type: "prometheus",
  metadata: { query: "sum(x)" },
  targetKey: "threshold",
  valuePerRequest: 1,
};
const requestsPerSecond = { target: 20 };

const count = ({ resources }: ProgramResult, type: string): number =>
  resources.filter((resource) => resource.type === type).length;

const autoscalerName = ({ outputs }: ProgramResult): unknown =>
  (outputs["apps"] as { autoscalerName: string }[])[0]?.autoscalerName;

describe("autoscaler", () => {
  it("is the app's own where requests are not scaled on, also where they could be counted", async () => {
    const run = await runApp({ requestsTrigger: trigger });
    assert.equal(count(run, OWN), 1);
    assert.equal(count(run, SCALED_OBJECT), 0);
    assert.equal(autoscalerName(run), "httpbin");
  });

  it("is KEDA's where requests are scaled on, and then never the app's own", async () => {
    const run = await runApp({ autoscaling: { requestsPerSecond }, requestsTrigger: trigger });
    assert.equal(count(run, OWN), 0);
    const scaledObject = only(run, SCALED_OBJECT);
    assert.deepEqual(
      at(scaledObject, "spec"),
      scaledObjectSpec({
        name: "httpbin",
        deployment: "httpbin",
        autoscaling: {},
        requests: requestsPerSecond,
        trigger,
      }),
    );
    assert.ok(scaledObject.dependencies.includes(only(run, DEPLOYMENT).urn));
    assert.equal(count(run, AUTHENTICATION), 0);
  });

  it("tells the name of the autoscaler that drives the pods", async () => {
    const run = await runApp({ autoscaling: { requestsPerSecond }, requestsTrigger: trigger });
    const config = "spec.advanced.horizontalPodAutoscalerConfig.name";
    assert.equal(autoscalerName(run), at(only(run, SCALED_OBJECT), config));
  });

  it("waits until KEDA is ready, so that the other one goes only then", async () => {
    const run = await runApp({ autoscaling: { requestsPerSecond }, requestsTrigger: trigger });
    assert.deepEqual(at(only(run, SCALED_OBJECT), "metadata.annotations"), {
      "pulumi.com/waitFor": "condition=Ready",
      "pulumi.com/timeoutSeconds": "120",
    });
  });

  it("makes the trigger's authentication first, and names it", async () => {
    const authentication = { podIdentity: { provider: "aws" } };
    const run = await runApp({
      autoscaling: { requestsPerSecond },
      requestsTrigger: { ...trigger, authentication },
    });
    const made = only(run, AUTHENTICATION);
    assert.deepEqual(at(made, "spec"), authentication);
    assert.equal(at(made, "metadata.namespace"), "httpbin");
    const scaledObject = only(run, SCALED_OBJECT);
    assert.equal(at(scaledObject, "spec.triggers.2.authenticationRef.name"), "httpbin");
    assert.ok(scaledObject.dependencies.includes(made.urn));
  });

  it("tells two apps of one namespace apart", async () => {
    const names = ["one", "two"];
    const run = await runApp(
      (name) => ({
        namespace: "shared",
        createNamespace: name === "one",
        autoscaling: { requestsPerSecond },
        requestsTrigger: trigger,
      }),
      names,
    );
    const config = "spec.advanced.horizontalPodAutoscalerConfig.name";
    assert.deepEqual(
      names.map((name) => at(only(run, SCALED_OBJECT, name), config)),
      ["keda-hpa-one", "keda-hpa-two"],
    );
  });

  it("is refused with its reason, before anything is made", async () => {
    await assert.rejects(runApp({ autoscaling: { requestsPerSecond: { target: 0 } } }), {
      message: [
        'HttpbinApp "httpbin" cannot be made of these arguments:',
        "  autoscaling.requestsPerSecond.target: 0; a whole number from 1 to 10000",
        "  autoscaling.requestsPerSecond: a target, and no requestsTrigger; both, as KEDA has to know where requests are counted",
      ].join("\n"),
    });
  });
});
