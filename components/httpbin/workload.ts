import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import { containerSecurityContext, podSecurityContext } from "./podSecurity";
import { withResourceDefaults, type ResourcesArgs } from "./resources";

type Deployment = kubernetes.types.input.apps.v1.DeploymentSpec;
type Container = kubernetes.types.input.core.v1.Container;

/** Port on which the container listens. Above 1023, so that it needs no capability. */
export const CONTAINER_PORT = 8080;

/** Seconds that httpbin's longest answer (`/delay/10`) and a slow client may take after draining. */
const LONGEST_REQUEST_SECONDS = 30;

/** What the pods of the app are made of. */
export interface WorkloadArgs {
  labels: Record<string, string>;
  image: pulumi.Input<string>;
  serviceAccountName: pulumi.Input<string>;
  resources: ResourcesArgs;
  /** Seconds for which a pod that is going away still serves. */
  drainSeconds: number;
}

/** The Deployment. Says nothing of `replicas`: their number belongs to the autoscaler. */
export function deploymentSpec(args: WorkloadArgs): Deployment {
  return {
    selector: { matchLabels: args.labels },
    revisionHistoryLimit: 3,
    // A new pod first, an old one away after it: no capacity is lost.
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels: args.labels },
      spec: {
        serviceAccountName: args.serviceAccountName,
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: podSecurityContext,
        terminationGracePeriodSeconds: args.drainSeconds + LONGEST_REQUEST_SECONDS,
        topologySpreadConstraints: ["kubernetes.io/hostname", "topology.kubernetes.io/zone"].map(
          (topologyKey) => spreadOver(topologyKey, args.labels),
        ),
        containers: [httpbinContainer(args)],
        volumes: [{ name: "tmp", emptyDir: { sizeLimit: "32Mi" } }],
      },
    },
  };
}

function httpbinContainer(args: WorkloadArgs): Container {
  const { requests, limits } = withResourceDefaults(args.resources);
  return {
    name: "httpbin",
    image: args.image,
    imagePullPolicy: "IfNotPresent",
    ports: [{ name: "http", containerPort: CONTAINER_PORT, protocol: "TCP" }],
    resources: {
      requests: { ...requests, "ephemeral-storage": "32Mi" },
      limits: { ...limits, "ephemeral-storage": "128Mi" },
    },
    securityContext: containerSecurityContext,
    ...probes(),
    // The endpoint is taken away at the same moment as the pod is told to stop; until every proxy
    // and load balancer has heard of it, the pod must go on serving.
    lifecycle: { preStop: { sleep: { seconds: args.drainSeconds } } },
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
}

/**
 * Readiness asks httpbin for an empty answer. Liveness only asks whether the port is open: a pod
 * that is merely busy must not be killed for it, which would put its load onto the others.
 */
function probes(): Pick<Container, "startupProbe" | "readinessProbe" | "livenessProbe"> {
  const answers = { httpGet: { path: "/status/200", port: "http" }, timeoutSeconds: 2 };
  return {
    startupProbe: { ...answers, periodSeconds: 1, failureThreshold: 60 },
    readinessProbe: { ...answers, periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: {
      tcpSocket: { port: "http" },
      timeoutSeconds: 2,
      periodSeconds: 20,
      failureThreshold: 3,
    },
  };
}

/** Spread where there is room, but rather run crowded than not at all (a home may be one node). */
function spreadOver(
  topologyKey: string,
  labels: Record<string, string>,
): kubernetes.types.input.core.v1.TopologySpreadConstraint {
  return {
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels: labels },
    // Pods of the release before do not count, or a roll-out would end up lopsided.
    matchLabelKeys: ["pod-template-hash"],
  };
}
