import { strict as assert } from "node:assert";

import { traefikProfile } from "../../../components/home/traefikProfile";
import { runApp } from "../../support/app";
import { at, only } from "../../support/program";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const MIDDLEWARE = "kubernetes:traefik.io/v1alpha1:Middleware";

const TRAEFIK = {
  ingressClass: "traefik",
  namespace: "kube-system",
  clusterIssuer: "letsencrypt",
};

describe("two HttpbinApps", () => {
  it("can stand in one stack, also in one namespace, without meeting each other", async () => {
    const run = await runApp(
      (name) => ({
        namespace: "shared",
        createNamespace: false,
        ingress: traefikProfile(TRAEFIK, "shared", name),
      }),
      ["one", "two"],
    );
    const objects = run.resources.filter(({ inputs }) => "metadata" in inputs);
    const ids = objects.map(({ type, inputs }) => `${type} ${JSON.stringify(inputs["metadata"])}`);
    assert.equal(new Set(ids).size, 16);
    assert.equal(new Set(run.resources.map(({ urn }) => urn)).size, run.resources.length);
    for (const name of ["one", "two"]) {
      const labels = at(only(run, DEPLOYMENT, name), "spec.template.metadata.labels");
      assert.deepEqual(at(only(run, SERVICE, name), "spec.selector"), labels);
      assert.deepEqual(at(only(run, POLICY, name), "spec.podSelector.matchLabels"), labels);
      assert.equal((labels as Record<string, string>)["app.kubernetes.io/instance"], name);
      assert.equal(at(only(run, INGRESS, name), "spec.tls.0.secretName"), `${name}-tls`);
    }
  });

  it("can be handed one profile, and each has a companion of its own", async () => {
    const ingress = traefikProfile(TRAEFIK, "any", "shared");
    const run = await runApp({ ingress }, ["one", "two"]);
    const companions = run.resources.filter(({ type }) => type === MIDDLEWARE);
    assert.deepEqual(
      companions.map((made) => [
        made.name,
        at(made, "metadata.name"),
        at(made, "metadata.namespace"),
      ]),
      ["one", "two"].map((name) => [
        `${name}-shared-redirect-https`,
        "shared-redirect-https",
        name,
      ]),
    );
  });
});
