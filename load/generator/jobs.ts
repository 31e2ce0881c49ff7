import type { V1Container, V1Job, V1Volume } from "@kubernetes/client-node";

/** Value of the label by which everything that the load test makes is found. */
const MANAGER = "k8s-test-load";
export const OURS = { "app.kubernetes.io/managed-by": MANAGER } as const;
export const OURS_SELECTOR = `app.kubernetes.io/managed-by=${MANAGER}`;

/** Public images, for clusters that can pull them. The sandbox puts its own in their place. */
export const GENERATOR_IMAGES = {
  fortio: "fortio/fortio:1.75.3",
  // The one of the loop with which this project began.
  wget: "busybox:1.28",
} as const;

export type GeneratorKind = keyof typeof GENERATOR_IMAGES;

/** Name of the one container of a generator's pod. */
export const CONTAINER = "generator";

/** No node of a home has this user, and Pod Security `restricted` wants one that is not root. */
const USER = 65532;

/** For the pull of the image and whatever else comes before the load, in seconds. */
const STARTING_SECONDS = 300;
/** For which what has ended is kept, in seconds, where nobody is left to remove it. */
const KEEP_SECONDS = 120;

/** What a generator does. */
export interface GeneratorArgs {
  kind: GeneratorKind;
  image: string;
  url: string;
  connections: number;
  /** Requests per second over all connections; undefined: as many as get through. */
  requestsPerSecond?: number;
  /** Seconds after which it ends by itself. */
  seconds: number;
  /** Whether requests for which there was no time are made later, at a higher rate. */
  catchUp: boolean;
  /** PEM of the CA that signed the server's certificate. @default those that the image knows */
  caBundle?: string;
  /** Whether any certificate will do. */
  insecure: boolean;
}

/** Where a pod is told of a CA: a file made from an annotation needs no object beside the Job. */
const CA = { annotation: "k8s-test/ca-bundle", folder: "/etc/k8s-test", file: "ca.pem" } as const;

/**
 * The Job of a generator. Nothing of it outlives a crash of this program by much: the generator
 * ends by itself, Kubernetes ends it where it does not, and removes what has ended.
 */
export function generatorJob(name: string, args: GeneratorArgs): V1Job {
  const labels = { ...OURS, "app.kubernetes.io/name": MANAGER, "app.kubernetes.io/instance": name };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name, labels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: args.seconds + STARTING_SECONDS,
      ttlSecondsAfterFinished: KEEP_SECONDS,
      template: {
        metadata: {
          labels,
          ...(args.caBundle !== undefined && { annotations: { [CA.annotation]: args.caBundle } }),
        },
        spec: {
          ...(args.caBundle !== undefined && { volumes: [CA_VOLUME] }),
          restartPolicy: "Never",
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 1,
          securityContext: {
            runAsNonRoot: true,
            runAsUser: USER,
            runAsGroup: USER,
            seccompProfile: { type: "RuntimeDefault" },
          },
          ...(args.kind === "fortio" && { initContainers: [wayIn(args)] }),
          containers: [args.kind === "fortio" ? fortio(args) : wget(args)],
        },
      },
    },
  };
}

const CA_VOLUME: V1Volume = {
  name: "ca",
  downwardAPI: {
    items: [{ path: CA.file, fieldRef: { fieldPath: `metadata.annotations['${CA.annotation}']` } }],
  },
};

function container(
  { image, caBundle }: GeneratorArgs,
  run: Pick<V1Container, "command" | "args">,
  name = CONTAINER,
): V1Container {
  const mount = { name: CA_VOLUME.name, mountPath: CA.folder, readOnly: true };
  return {
    name,
    image,
    imagePullPolicy: "IfNotPresent",
    ...run,
    ...(caBundle !== undefined && { volumeMounts: [mount] }),
    resources: {
      requests: { cpu: "100m", memory: "32Mi", "ephemeral-storage": "64Mi" },
      limits: { cpu: "1", memory: "256Mi", "ephemeral-storage": "256Mi" },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"] },
      readOnlyRootFilesystem: true,
    },
  };
}

/**
 * A few requests that nobody counts: a NetworkPolicy lets a pod through only once the node has heard
 * of it, which is a moment after it has started.
 */
function wayIn(args: GeneratorArgs): V1Container {
  const load = ["load", "-quiet", "-allow-initial-errors", "-keepalive=false"];
  const little = ["-c", "1", "-qps", "2", "-t", "3s", "-timeout", "1s"];
  return container(args, { args: [...load, ...trust(args), ...little, args.url] }, "way-in");
}

/** Whose certificate is taken. */
function trust({ insecure, caBundle }: GeneratorArgs): string[] {
  if (insecure) return ["-k"];
  return caBundle === undefined ? [] : ["-cacert", `${CA.folder}/${CA.file}`];
}

/**
 * Each request on a connection of its own: one that is kept stays with the pod that it once came
 * to, and new pods would get nothing. Each request is told of in a line of the log, and the sum at
 * the end.
 */
function fortio(args: GeneratorArgs): V1Container {
  const { url, connections, requestsPerSecond = 0, seconds, catchUp } = args;
  return container(args, {
    args: [
      "load",
      "-quiet",
      "-keepalive=false",
      // A Service keeps its address; asking for it each time would be a load on the DNS.
      "-no-reresolve",
      "-uniform",
      ...(catchUp ? [] : ["-nocatchup"]),
      ...trust(args),
      ...["-c", String(connections)],
      ...["-qps", String(requestsPerSecond)],
      ...["-t", `${String(seconds)}s`],
      ...["-timeout", "10s"],
      ...["-access-log-file", "/dev/stdout"],
      ...["-json", "-"],
      url,
    ],
  });
}

/** As many loops as there are connections. When the first process ends, all others do. */
function wget(args: GeneratorArgs): V1Container {
  const { url, connections, seconds } = args;
  const loop = `while sleep 0.01; do wget -q -O /dev/null "$0"; done`;
  const script = `for i in $(seq ${String(connections)}); do ${loop} & done; sleep ${String(seconds)}`;
  return container(args, { command: ["/bin/busybox", "sh", "-c", script, url] });
}
