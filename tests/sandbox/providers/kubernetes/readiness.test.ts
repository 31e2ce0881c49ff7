import { deepStrictEqual, match, rejects, strictEqual, throws } from "node:assert";

import {
  awaitReady,
  NotReadyError,
} from "../../../../sandbox/providers/kubernetes/await/awaitReady";
import type { Neighbours } from "../../../../sandbox/providers/kubernetes/await/readiness";
import { readinessRule } from "../../../../sandbox/providers/kubernetes/await/rules";
import { UnreachableError } from "../../../../sandbox/providers/kubernetes/apiError";
import type { JsonObject } from "../../../../sandbox/providers/skeleton/json";

/** A namespace with some objects in it, by kind. */
function near(objects: Record<string, JsonObject[]> = {}): Neighbours {
  return {
    list: (_apiVersion, kind) => Promise.resolve(objects[kind] ?? []),
    get: (_apiVersion, kind, name) =>
      Promise.resolve(
        objects[kind]?.find(({ metadata }) => (metadata as { name: string }).name === name),
      ),
  };
}

/** What is waited for, and why; "ready" where nothing is. */
async function judge(object: JsonObject, around = near()): Promise<string | string[]> {
  const readiness = await readinessRule(object)?.(object, around);
  if (readiness?.isReady ?? true) return "ready";
  return [
    ...(readiness?.hasFailed === true ? ["failed"] : []),
    readiness?.waitingFor ?? "",
    ...(readiness?.reasons ?? []),
  ];
}

const pod = (name: string, status: JsonObject): JsonObject => ({ metadata: { name }, status });

describe("A Deployment", () => {
  const deployment = (status: JsonObject, generation = 2): JsonObject => ({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "app", generation },
    spec: { replicas: 2, selector: { matchLabels: { app: "app" } } },
    status,
  });
  const done = { observedGeneration: 2, replicas: 2, updatedReplicas: 2, availableReplicas: 2 };

  it("is ready when all pods are new and available", async () => {
    strictEqual(await judge(deployment(done)), "ready");
  });

  it("is not ready by a status that is about an earlier version", async () => {
    deepStrictEqual(await judge(deployment(done, 3)), ["the controller to see the change"]);
    deepStrictEqual(await judge(deployment({}, 1)), ["the controller to see the change"]);
  });

  it("is not waited for while it is paused", async () => {
    strictEqual(await judge({ ...deployment({}), spec: { paused: true } }), "ready");
  });

  it("is not ready while pods of the old version are left", async () => {
    deepStrictEqual(await judge(deployment({ ...done, replicas: 3 })), [
      "1 pods of the old version to go",
    ]);
  });

  it("tells why pods do not start", async () => {
    const pods = [
      pod("a", {
        containerStatuses: [
          { name: "app", state: { waiting: { reason: "ImagePullBackOff", message: "not found" } } },
        ],
      }),
      pod("b", {
        containerStatuses: [
          {
            name: "app",
            state: { waiting: { reason: "CrashLoopBackOff", message: "back-off 10s" } },
            lastState: { terminated: { exitCode: 3, reason: "Error" } },
          },
        ],
      }),
      pod("c", {
        conditions: [
          { type: "PodScheduled", status: "False", reason: "Unschedulable", message: "0/1 nodes" },
        ],
      }),
    ];
    deepStrictEqual(
      await judge(deployment({ ...done, availableReplicas: 0 }), near({ Pod: pods })),
      [
        "available pods: 0 of 2",
        "pod a, container app: ImagePullBackOff: not found",
        "pod b, container app: CrashLoopBackOff: back-off 10s; ended with exit code 3 (Error)",
        "pod c has no node: Unschedulable: 0/1 nodes",
      ],
    );
  });

  it("tells why no pod may be made", async () => {
    const refused = {
      type: "ReplicaFailure",
      status: "True",
      reason: "FailedCreate",
      message: 'violates PodSecurity "restricted"',
    };
    deepStrictEqual(await judge(deployment({ observedGeneration: 2, conditions: [refused] })), [
      "pods of the new version: 0 of 2",
      'FailedCreate: violates PodSecurity "restricted"',
    ]);
  });

  it("has failed when its roll-out is past its deadline", async () => {
    const late = { type: "Progressing", status: "False", reason: "ProgressDeadlineExceeded" };
    match(
      String(await judge(deployment({ ...done, updatedReplicas: 1, conditions: [late] }))),
      /^failed,the roll-out made no progress/,
    );
  });
});

describe("Other workloads", () => {
  it("are a StatefulSet whose pods are ready and new but for its partition", async () => {
    const set = (updatedReplicas: number, partition: number): JsonObject => ({
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { generation: 1 },
      spec: { replicas: 3, updateStrategy: { rollingUpdate: { partition } } },
      status: { observedGeneration: 1, readyReplicas: 3, updatedReplicas },
    });
    strictEqual(await judge(set(3, 0)), "ready");
    strictEqual(await judge(set(1, 2)), "ready");
    deepStrictEqual(await judge(set(1, 0)), ["pods of the new version: 1 of 3"]);
  });

  it("are a DaemonSet with a pod on each node that is to have one", async () => {
    const set = (numberAvailable: number): JsonObject => ({
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: { generation: 1 },
      status: {
        observedGeneration: 1,
        desiredNumberScheduled: 2,
        updatedNumberScheduled: 2,
        numberAvailable,
      },
    });
    strictEqual(await judge(set(2)), "ready");
    deepStrictEqual(await judge(set(1)), ["available pods: 1 of 2"]);
  });

  it("are a Job that completes, fails, or is suspended", async () => {
    const job = (status: JsonObject, spec: JsonObject = {}): JsonObject => ({
      apiVersion: "batch/v1",
      kind: "Job",
      spec,
      status,
    });
    strictEqual(await judge(job({ conditions: [{ type: "Complete", status: "True" }] })), "ready");
    strictEqual(await judge(job({}, { suspend: true })), "ready");
    deepStrictEqual(await judge(job({})), ["the job to complete: 0 of 1"]);
    const failed = { type: "Failed", status: "True", reason: "BackoffLimitExceeded" };
    deepStrictEqual(await judge(job({ conditions: [failed] })), [
      "failed",
      "the job failed: BackoffLimitExceeded",
    ]);
  });

  it("are a Pod that is ready, or over", async () => {
    const single = (status: JsonObject): JsonObject => ({ apiVersion: "v1", kind: "Pod", status });
    strictEqual(await judge(single({ phase: "Succeeded" })), "ready");
    strictEqual(await judge(single({ conditions: [{ type: "Ready", status: "True" }] })), "ready");
    match(String(await judge(single({ phase: "Failed" }))), /^failed/);
  });
});

describe("What leads to pods", () => {
  const service = (spec: JsonObject, status: JsonObject = {}): JsonObject => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "app" },
    spec: { selector: { app: "app" }, ...spec },
    status,
  });
  const slice = (ready: boolean): JsonObject => ({ endpoints: [{ conditions: { ready } }] });

  it("is a Service with a ready pod", async () => {
    strictEqual(await judge(service({}), near({ EndpointSlice: [slice(true)] })), "ready");
    deepStrictEqual(await judge(service({}), near({ EndpointSlice: [slice(false)] })), [
      "a ready pod behind the Service",
      "none of the 1 pods with app=app is ready",
    ]);
    deepStrictEqual(await judge(service({})), [
      "a ready pod behind the Service",
      "no pod has the labels app=app",
    ]);
  });

  const alone: JsonObject[] = [{ type: "ExternalName" }, { clusterIP: "None" }, { selector: {} }];
  for (const spec of alone) {
    it(`is a Service that nothing is waited for: ${JSON.stringify(spec)}`, async () => {
      strictEqual(await judge(service(spec)), "ready");
    });
  }

  it("is a load balancer with an address", async () => {
    const balancer = { type: "LoadBalancer", selector: {} };
    const status = { loadBalancer: { ingress: [{ ip: "192.0.2.1" }] } };
    strictEqual(await judge(service(balancer, status)), "ready");
    strictEqual((await judge(service(balancer)))[0], "an address of the load balancer");
  });

  it("is an Ingress with an address, and says what is missing of it", async () => {
    const paths = [{ backend: { service: { name: "gone" } } }];
    const ingress = (status: JsonObject): JsonObject => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      spec: { ingressClassName: "traefik", rules: [{ http: { paths } }] },
      status,
    });
    const status = { loadBalancer: { ingress: [{ hostname: "a.example.com" }] } };
    strictEqual(await judge(ingress(status)), "ready");
    deepStrictEqual(await judge(ingress({})), [
      "an address of the ingress",
      'there is no Service "gone" for it to lead to',
      'there is no IngressClass "traefik"',
      "no ingress controller has given it an address (status.loadBalancer)",
    ]);
  });
});

describe("A PersistentVolumeClaim", () => {
  const claim = (phase: string): JsonObject => ({
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    spec: { storageClassName: "fast" },
    status: { phase },
  });
  const storage = (volumeBindingMode: string): Neighbours =>
    near({ StorageClass: [{ metadata: { name: "fast" }, volumeBindingMode }] });

  it("is ready when it is bound, or will be when a pod wants it", async () => {
    strictEqual(await judge(claim("Bound")), "ready");
    strictEqual(await judge(claim("Pending"), storage("WaitForFirstConsumer")), "ready");
    deepStrictEqual(await judge(claim("Pending"), storage("Immediate")), [
      "a volume",
      'no volume of class "fast" is bound to the claim, which is Pending',
    ]);
    deepStrictEqual(await judge(claim("Pending")), ["a volume", 'there is no StorageClass "fast"']);
  });
});

describe("The annotations", () => {
  const issuer = (annotations: Record<string, string>, status: JsonObject = {}): JsonObject => ({
    apiVersion: "cert-manager.io/v1",
    kind: "ClusterIssuer",
    metadata: { annotations, generation: 1 },
    status,
  });
  const waitFor = (text: string, status?: JsonObject): JsonObject =>
    issuer({ "pulumi.com/waitFor": text }, status);
  const ready = { conditions: [{ type: "Ready", status: "True" }] };

  it("wait for a condition, and tell what it says", async () => {
    strictEqual(await judge(waitFor("condition=Ready", ready)), "ready");
    const why = { type: "Ready", status: "False", reason: "ErrRegister", message: "no such host" };
    deepStrictEqual(await judge(waitFor("condition=Ready", { conditions: [why] })), [
      "condition Ready to be True",
      "ErrRegister: no such host",
    ]);
    strictEqual(await judge(waitFor("condition=Ready=False", { conditions: [why] })), "ready");
  });

  it("wait for a value, or for any", async () => {
    const status = { phase: "Bound", parts: [{ name: "a", done: true }] };
    strictEqual(await judge(waitFor("jsonpath={.status.phase}=Bound", status)), "ready");
    strictEqual(await judge(waitFor("jsonpath={.status.phase}", status)), "ready");
    const filter = 'jsonpath={.status.parts[?(@.name=="a")].done}=true';
    strictEqual(await judge(waitFor(filter, status)), "ready");
    deepStrictEqual(await judge(waitFor("jsonpath={.status.phase}=Lost", status)), [
      ".status.phase to be Lost",
      'it is "Bound"',
    ]);
    deepStrictEqual(await judge(waitFor("jsonpath={.status.address}", status)), [
      "a value at .status.address",
      "it is not there",
    ]);
  });

  it("wait for all of a list", async () => {
    const both = '["condition=Ready", "jsonpath={.status.phase}=Bound"]';
    strictEqual(await judge(waitFor(both, { ...ready, phase: "Bound" })), "ready");
    strictEqual((await judge(waitFor(both, ready)))[0], ".status.phase to be Bound");
  });

  it("are refused where they make no sense", () => {
    throws(() => readinessRule(waitFor("Ready")), /pulumi.com\/waitFor is "Ready", but must be/);
    throws(() => readinessRule(waitFor("[1]")), /but must be/);
  });

  it("wait for nothing where they say so, nor do kinds without a rule", () => {
    const pending = { apiVersion: "v1", kind: "Pod" };
    const skip = { annotations: { "pulumi.com/skipAwait": "true" } };
    strictEqual(readinessRule({ ...pending, metadata: skip }), undefined);
    strictEqual(readinessRule(issuer({})), undefined);
  });
});

describe("Waiting", () => {
  const object = (isReady: boolean): JsonObject => ({ isReady });
  const told: string[] = [];
  const options = {
    rule: ({ isReady }: JsonObject) => ({ isReady: isReady === true, waitingFor: "it" }),
    near: near(),
    timeout: 5,
    signal: new AbortController().signal,
    onStatus: (message: string) => void told.push(message),
  };

  it("gives the object when it is ready, and tells each thing once", async () => {
    const looks = [object(false), object(false), object(true)];
    const get = (): Promise<JsonObject | undefined> => Promise.resolve(looks.shift());
    deepStrictEqual(await awaitReady(object(false), { ...options, get }), object(true));
    deepStrictEqual(told, ["waiting for it", "ready"]);
  });

  it("survives an API server that is away for a moment", async () => {
    let isFirst = true;
    const get = (): Promise<JsonObject | undefined> => {
      if (!isFirst) return Promise.resolve(object(true));
      isFirst = false;
      return Promise.reject(new UnreachableError("away"));
    };
    deepStrictEqual(await awaitReady(object(false), { ...options, get }), object(true));
  });

  const fails = (why: RegExp, more: Partial<Parameters<typeof awaitReady>[1]>): Promise<void> =>
    rejects(
      awaitReady(object(false), {
        ...options,
        get: () => Promise.resolve(object(false)),
        ...more,
      }),
      (error) => error instanceof NotReadyError && why.test(error.message),
    );

  it("ends when the time is over", () => fails(/not ready in 0.1 s/, { timeout: 0.1 }));
  it("ends when it is cancelled", () => fails(/cancelled/, { signal: AbortSignal.abort() }));
  it("ends when the object is gone", () =>
    fails(/deleted while/, { get: () => Promise.resolve(undefined) }));
  it("ends when nothing will come of it any more", () =>
    fails(/hopeless/, {
      rule: () => ({ isReady: false, hasFailed: true, waitingFor: "hopeless" }),
    }));
});
