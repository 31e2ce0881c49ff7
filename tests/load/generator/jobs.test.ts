import { strict as assert } from "node:assert";

import { generatorJob, OURS, type GeneratorArgs } from "../../../load/generator/jobs";

const ARGS: GeneratorArgs = {
  kind: "fortio",
  image: "fortio/fortio:1.75.3",
  url: "http://httpbin/uuid",
  connections: 16,
  requestsPerSecond: 300,
  seconds: 120,
  catchUp: false,
  insecure: false,
};

function containerOf(args: Partial<GeneratorArgs>): { command?: string[]; args?: string[] } {
  const [container] =
    generatorJob("load-1", { ...ARGS, ...args }).spec?.template.spec?.containers ?? [];
  assert.ok(container !== undefined);
  return container;
}

describe("generatorJob", () => {
  it("is found by its label, and goes by itself where nobody is left to remove it", () => {
    const { metadata, spec } = generatorJob("load-1", ARGS);
    const [key, value] = Object.entries(OURS)[0] ?? [];
    for (const labels of [metadata?.labels, spec?.template.metadata?.labels]) {
      assert.equal(labels?.[key ?? ""], value);
      // The app's Service and NetworkPolicy select pods by these.
      assert.notEqual(labels?.["app.kubernetes.io/name"], "httpbin");
    }
    assert.equal(spec?.activeDeadlineSeconds, 420);
    assert.equal(spec.ttlSecondsAfterFinished, 120);
    assert.equal(spec.backoffLimit, 0);
    assert.equal(spec.template.spec?.restartPolicy, "Never");
  });

  it("satisfies Pod Security restricted, with limits and without a token", () => {
    const pod = generatorJob("load-1", ARGS).spec?.template.spec;
    assert.equal(pod?.automountServiceAccountToken, false);
    assert.equal(pod.securityContext?.runAsNonRoot, true);
    assert.equal(pod.securityContext.seccompProfile?.type, "RuntimeDefault");
    const containers = [...(pod.initContainers ?? []), ...pod.containers];
    assert.deepEqual(
      containers.map(({ name }) => name),
      ["way-in", "generator"],
    );
    for (const { securityContext, resources } of containers) {
      assert.deepEqual(securityContext, {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ["ALL"] },
        readOnlyRootFilesystem: true,
      });
      assert.deepEqual(Object.keys(resources?.limits ?? {}), [
        "cpu",
        "memory",
        "ephemeral-storage",
      ]);
    }
  });

  it("tries the way in first, and goes on whatever comes of that", () => {
    const spec = generatorJob("load-1", { ...ARGS, insecure: true }).spec?.template.spec;
    const [wayIn] = spec?.initContainers ?? [];
    assert.equal(wayIn?.image, ARGS.image);
    assert.deepEqual(wayIn.args, [
      ...["load", "-quiet", "-allow-initial-errors", "-keepalive=false", "-k"],
      ...["-c", "1", "-qps", "2", "-t", "3s", "-timeout", "1s", "http://httpbin/uuid"],
    ]);
    const loop = generatorJob("load-1", { ...ARGS, kind: "wget" }).spec?.template.spec;
    assert.equal(loop?.initContainers, undefined);
  });

  it("has fortio open a connection for each request, and tell of each", () => {
    assert.deepEqual(containerOf({}).args, [
      ...["load", "-quiet", "-keepalive=false", "-no-reresolve", "-uniform", "-nocatchup"],
      ...["-c", "16", "-qps", "300", "-t", "120s", "-timeout", "10s"],
      ...["-access-log-file", "/dev/stdout", "-json", "-", "http://httpbin/uuid"],
    ]);
  });

  it("tells the pod of a private CA by a file, without an object beside the Job", () => {
    const { metadata, spec } =
      generatorJob("load-1", { ...ARGS, caBundle: "PEM" }).spec?.template ?? {};
    assert.deepEqual(metadata?.annotations, { "k8s-test/ca-bundle": "PEM" });
    for (const { args = [], volumeMounts } of [
      ...(spec?.initContainers ?? []),
      ...(spec?.containers ?? []),
    ]) {
      assert.equal(args[args.indexOf("-cacert") + 1], "/etc/k8s-test/ca.pem");
      assert.deepEqual(volumeMounts, [{ name: "ca", mountPath: "/etc/k8s-test", readOnly: true }]);
    }
    const fieldRef = { fieldPath: "metadata.annotations['k8s-test/ca-bundle']" };
    assert.deepEqual(spec?.volumes, [
      { name: "ca", downwardAPI: { items: [{ path: "ca.pem", fieldRef }] } },
    ]);
    assert.equal(generatorJob("load-1", ARGS).spec?.template.spec?.volumes, undefined);
  });

  it("gives fortio no rate where as many as possible are wanted, and only what is asked for", () => {
    const unbounded = { ...ARGS };
    delete unbounded.requestsPerSecond;
    const [container] =
      generatorJob("load-1", { ...unbounded, catchUp: true, insecure: true }).spec?.template.spec
        ?.containers ?? [];
    const args = container?.args ?? [];
    assert.equal(args[args.indexOf("-qps") + 1], "0");
    assert.ok(args.includes("-k") && !args.includes("-nocatchup"));
  });

  it("runs the loop with which this project began, once for each connection", () => {
    const { command = [] } = containerOf({ kind: "wget", image: "busybox:1.28", connections: 6 });
    assert.deepEqual(command, [
      ...["/bin/busybox", "sh", "-c"],
      'for i in $(seq 6); do while sleep 0.01; do wget -q -O /dev/null "$0"; done & done; sleep 120',
      "http://httpbin/uuid",
    ]);
  });
});
