import { strict as assert } from "node:assert";

import { deploymentSpec } from "../../../components/httpbin/workload";

/** The spec as plain JSON, as the API server would get it. */
function spec() {
  const made = deploymentSpec({
    labels: { app: "a" },
    image: "example.com/httpbin:1",
    serviceAccountName: "a",
    resources: { limits: { memory: "300Mi" } },
    drainSeconds: 12,
  });
  return JSON.parse(JSON.stringify(made)) as {
    strategy: unknown;
    revisionHistoryLimit: unknown;
    template: {
      spec: {
        containers: [Record<string, unknown>];
        securityContext: unknown;
        topologySpreadConstraints: unknown;
        volumes: unknown;
        enableServiceLinks: unknown;
        terminationGracePeriodSeconds: unknown;
      };
    };
  };
}

describe("deploymentSpec", () => {
  const pod = spec().template.spec;
  const [container] = pod.containers;

  it("loses no capacity in a roll-out: a new pod comes before an old one goes", () => {
    assert.deepEqual(spec().strategy, {
      type: "RollingUpdate",
      rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
    });
  });

  it("runs as a user that is not root, with the runtime's seccomp profile", () => {
    assert.deepEqual(pod.securityContext, {
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
      fsGroup: 65532,
      seccompProfile: { type: "RuntimeDefault" },
    });
  });

  it("gives the container no privilege, no capability and a root that it cannot write to", () => {
    assert.deepEqual(container["securityContext"], {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      privileged: false,
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
      runAsUser: 65532,
      runAsGroup: 65532,
    });
  });

  it("lets the container write to /tmp alone, and not without end", () => {
    assert.deepEqual(container["volumeMounts"], [{ name: "tmp", mountPath: "/tmp" }]);
    assert.deepEqual(pod.volumes, [{ name: "tmp", emptyDir: { sizeLimit: "32Mi" } }]);
  });

  it("asks for what it needs and is limited, also in what it writes", () => {
    assert.deepEqual(container["resources"], {
      requests: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "32Mi" },
      limits: { cpu: "1", memory: "300Mi", "ephemeral-storage": "128Mi" },
    });
  });

  it("probes cheaply, and never kills a pod for being busy", () => {
    const answers = { httpGet: { path: "/status/200", port: "http" }, timeoutSeconds: 2 };
    assert.deepEqual(container["startupProbe"], {
      ...answers,
      periodSeconds: 1,
      failureThreshold: 60,
    });
    assert.deepEqual(container["readinessProbe"], {
      ...answers,
      periodSeconds: 5,
      failureThreshold: 3,
    });
    assert.deepEqual(container["livenessProbe"], {
      tcpSocket: { port: "http" },
      timeoutSeconds: 2,
      periodSeconds: 20,
      failureThreshold: 3,
    });
  });

  it("goes on serving while it drains, and then has time for the longest answer", () => {
    assert.deepEqual(container["lifecycle"], { preStop: { sleep: { seconds: 12 } } });
    assert.equal(pod.terminationGracePeriodSeconds, 42);
  });

  it("spreads the pods of one release over nodes and zones where it can", () => {
    const constraint = (topologyKey: string) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: { app: "a" } },
      matchLabelKeys: ["pod-template-hash"],
    });
    assert.deepEqual(pod.topologySpreadConstraints, [
      constraint("kubernetes.io/hostname"),
      constraint("topology.kubernetes.io/zone"),
    ]);
  });

  it("runs the image that it is given, pulled only where it is not there yet", () => {
    assert.equal(container["name"], "httpbin");
    assert.equal(container["image"], "example.com/httpbin:1");
    assert.equal(container["imagePullPolicy"], "IfNotPresent");
  });

  it("keeps three releases to go back to", () => {
    assert.equal(spec().revisionHistoryLimit, 3);
  });

  it("listens on port 8080 and knows of no other service", () => {
    assert.deepEqual(container["ports"], [{ name: "http", containerPort: 8080, protocol: "TCP" }]);
    assert.equal(pod.enableServiceLinks, false);
  });
});
