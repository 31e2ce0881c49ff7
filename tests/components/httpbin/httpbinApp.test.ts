import { strict as assert } from "node:assert";

import { versions } from "../../../versions";
import { profile, runApp } from "../../support/app";
import { at, only, type ProgramResult } from "../../support/program";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const AUTOSCALER = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const APP = "k8s-test:app:HttpbinApp";

type Labels = Record<string, string>;

describe("HttpbinApp", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runApp();
  });

  const children = (): ProgramResult["resources"] => {
    const { urn } = only(result, APP);
    return result.resources.filter(({ parent }) => parent === urn);
  };

  it("is made of these resources and no others", () => {
    assert.deepEqual(
      children()
        .map(({ type }) => type)
        .sort(),
      [NAMESPACE, DEPLOYMENT, SERVICE, INGRESS, POLICY, AUTOSCALER, BUDGET, ACCOUNT].sort(),
    );
  });

  it("makes every child through the given provider and after what it depends on", () => {
    const provider = only(result, "pulumi:providers:kubernetes");
    for (const child of children()) {
      assert.equal(child.provider, `${provider.urn}::cluster-id`, child.type);
      assert.ok(child.dependencies.includes(provider.urn), child.type);
    }
  });

  it("tells its url, namespace, service and autoscaler", () => {
    assert.deepEqual(result.outputs, {
      apps: [
        {
          url: "https://httpbin.example.com",
          namespace: "httpbin",
          serviceName: "httpbin",
          autoscalerName: "httpbin",
        },
      ],
    });
  });

  it("registers the same, so that the engine can show them", () => {
    const [app] = result.outputs["apps"] as object[];
    assert.deepEqual(only(result, APP).outputs, { ...app, address: "" });
  });

  it("labels each of its objects as its own", () => {
    const labels = {
      "app.kubernetes.io/name": "httpbin",
      "app.kubernetes.io/instance": "httpbin",
      "app.kubernetes.io/managed-by": "pulumi",
    };
    for (const child of children().filter(({ type }) => type !== NAMESPACE)) {
      assert.deepEqual(at(child, "metadata.labels"), labels, child.type);
    }
  });

  it("names everything after itself, in a namespace of that name", () => {
    for (const child of children()) {
      assert.equal(at(child, "metadata.name"), "httpbin", child.type);
      if (child.type !== NAMESPACE) {
        assert.equal(at(child, "metadata.namespace"), "httpbin", child.type);
        assert.ok(child.dependencies.includes(only(result, NAMESPACE).urn), child.type);
      }
    }
  });

  it("makes a namespace that enforces, audits and warns of Pod Security restricted", () => {
    assert.deepEqual(at(only(result, NAMESPACE), "metadata.labels"), {
      "app.kubernetes.io/name": "httpbin",
      "app.kubernetes.io/instance": "httpbin",
      "app.kubernetes.io/managed-by": "pulumi",
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "latest",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/audit-version": "latest",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/warn-version": "latest",
      // What the ingress controller wants on it.
      "example.com/gate": "on",
    });
  });

  it("tells where its ingress is served: by a host name, by an address, or not yet", async () => {
    const addressOf = async (ingress: object[]): Promise<unknown> => {
      const status = { loadBalancer: { ingress } };
      const run = await runApp({}, undefined, { [INGRESS]: () => ({ status }) });
      return only(run, APP).outputs?.["address"];
    };
    assert.equal(await addressOf([{ hostname: "lb.example.com" }]), "lb.example.com");
    assert.equal(await addressOf([{ ip: "192.0.2.1" }]), "192.0.2.1");
    assert.equal(await addressOf([]), "");
  });

  it("gives its pods a service account of their own, without a token", () => {
    assert.equal(at(only(result, ACCOUNT), "automountServiceAccountToken"), false);
    const spec = "spec.template.spec";
    assert.equal(at(only(result, DEPLOYMENT), `${spec}.serviceAccountName`), "httpbin");
    assert.equal(at(only(result, DEPLOYMENT), `${spec}.automountServiceAccountToken`), false);
  });

  it("runs the pinned image unless told otherwise", async () => {
    const image = "spec.template.spec.containers.0.image";
    assert.equal(at(only(result, DEPLOYMENT), image), versions.httpbinImage);
    const other = await runApp({ image: "example.com/httpbin:1.2.3" });
    assert.equal(at(only(other, DEPLOYMENT), image), "example.com/httpbin:1.2.3");
  });

  it("never sets spec.replicas, which belongs to the autoscaler", async () => {
    for (const run of [result, await runApp({ autoscaling: { minReplicas: 3 } })]) {
      const spec = at(only(run, DEPLOYMENT), "spec") as object;
      assert.deepEqual(
        Object.keys(spec).filter((key) => key === "replicas"),
        [],
      );
    }
  });

  it("has an autoscaler that aims at its own Deployment", () => {
    const autoscaler = only(result, AUTOSCALER);
    assert.equal(at(autoscaler, "spec.scaleTargetRef.name"), "httpbin");
    assert.equal(at(autoscaler, "spec.scaleTargetRef.kind"), "Deployment");
    assert.ok(autoscaler.dependencies.includes(only(result, DEPLOYMENT).urn));
  });

  it("has a disruption budget that cannot block a drain, not even of one pod or a broken one", () => {
    assert.deepEqual(at(only(result, BUDGET), "spec"), {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: at(only(result, DEPLOYMENT), "spec.template.metadata.labels") },
    });
  });

  it("has its network policy before the first pod", () => {
    assert.ok(only(result, DEPLOYMENT).dependencies.includes(only(result, POLICY).urn));
  });

  it("has its Service, which is waited for until a pod is ready, after the pods that it waits for", () => {
    assert.ok(only(result, SERVICE).dependencies.includes(only(result, DEPLOYMENT).urn));
  });

  it("is served as http://httpbin:80 inside its namespace, by its own pods", () => {
    assert.deepEqual(at(only(result, SERVICE), "spec"), {
      type: "ClusterIP",
      selector: at(only(result, DEPLOYMENT), "spec.template.metadata.labels"),
      ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
    });
  });

  it("has an ingress with the profile's class and annotations, for its host and its service", () => {
    const ingress = only(result, INGRESS);
    assert.deepEqual(at(ingress, "metadata.annotations"), profile.annotations);
    assert.deepEqual(at(ingress, "spec"), {
      ingressClassName: "any",
      tls: [{ hosts: ["httpbin.example.com"], secretName: "httpbin-tls" }],
      rules: [
        {
          host: "httpbin.example.com",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "httpbin", port: { name: "http" } } },
              },
            ],
          },
        },
      ],
    });
  });

  it("names no TLS secret where the load balancer has its own certificate", async () => {
    const run = await runApp({ ingress: { ...profile, usesTlsSecret: false } });
    assert.equal(at(only(run, INGRESS), "spec.tls"), undefined);
  });

  it("makes the profile's companions in its namespace, before the ingress", async () => {
    const companion = {
      apiVersion: "example.com/v1",
      kind: "Companion",
      name: "httpbin-companion",
      spec: { answer: 42 },
    };
    const run = await runApp({ ingress: { ...profile, companions: [companion] } });
    const made = only(run, "kubernetes:example.com/v1:Companion");
    const { "app.kubernetes.io/instance": instance } = at(made, "metadata.labels") as Labels;
    assert.equal(instance, "httpbin");
    assert.equal(at(made, "metadata.name"), "httpbin-companion");
    assert.equal(at(made, "metadata.namespace"), "httpbin");
    assert.deepEqual(at(made, "spec"), { answer: 42 });
    assert.ok(only(run, INGRESS).dependencies.includes(made.urn));
  });

  it("drains as long as the ingress controller needs", () => {
    const pod = "spec.template.spec";
    const deployment = only(result, DEPLOYMENT);
    assert.equal(at(deployment, `${pod}.containers.0.lifecycle.preStop.sleep.seconds`), 7);
    assert.equal(at(deployment, `${pod}.terminationGracePeriodSeconds`), 37);
  });

  it("can use a namespace that is there already, and then makes none", async () => {
    const run = await runApp({ namespace: "shared", createNamespace: false });
    assert.deepEqual(
      run.resources.filter(({ type }) => type === NAMESPACE),
      [],
    );
    assert.equal(at(only(run, DEPLOYMENT), "metadata.namespace"), "shared");
    assert.equal((run.outputs["apps"] as { namespace: string }[])[0]?.namespace, "shared");
  });

  it("refuses a name that no Service can have, and takes the longest that leaves room", async () => {
    const allowed =
      "a lower-case DNS label: letters, digits and dashes, a letter first, at most 45";
    for (const name of ["9pins", "Httpbin", "a".repeat(46), "a-"]) {
      await assert.rejects(runApp({ namespace: "web" }, [name]), {
        message: `HttpbinApp "${name}" cannot be made of these arguments:\n  name: ${name}; ${allowed}`,
      });
    }
    await runApp({}, ["a".repeat(45), "a9"]);
  });

  it("refuses arguments that cannot work, all of them at once, before it makes anything", async () => {
    const run = runApp({
      namespace: "Shared",
      resources: { requests: { cpu: "2" } },
      autoscaling: { minReplicas: 3, maxReplicas: 2, memoryTarget: "45Mi" },
    });
    await assert.rejects(run, (error: Error) => {
      assert.deepEqual(error.message.split("\n").slice(0, 5), [
        'HttpbinApp "httpbin" cannot be made of these arguments:',
        "  namespace: Shared; a lower-case DNS label: letters, digits and dashes, at most 63",
        "  resources.requests.cpu: 2; at most the limit, which is 1",
        "  autoscaling.maxReplicas: 2; at least minReplicas, which is 3",
        "  autoscaling.memoryTarget: 45Mi; at least 75Mi, or pods that idle at 56Mi never go back to minReplicas",
      ]);
      return true;
    });
  });
});
