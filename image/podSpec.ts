import { containerSecurityContext, UID } from "../components/httpbin/podSecurity";

interface Resources {
  memory?: { limit?: number };
  cpu?: { quota?: number; period?: number; shares?: number; cpus?: string };
}

/** What the OCI runtime specification says of a container, as far as it is changed here. */
export interface RuntimeSpec {
  process: {
    terminal?: boolean;
    args?: string[];
    env?: string[];
    user: { uid: number; gid: number; additionalGids?: number[] };
    capabilities?: Record<string, string[]>;
    rlimits?: unknown[];
    noNewPrivileges?: boolean;
  };
  root: { path: string; readonly?: boolean };
  mounts: { destination: string; type: string; source: string; options?: string[] }[];
  linux: { namespaces?: { type: string }[]; resources?: Resources; cgroupsPath?: string };
}

/** What a container may take at most. */
export interface Limits {
  /** Bytes. */
  memory: number;
  /** Processor time, in cores. */
  cores: number;
}

/** Microseconds in which the processor time is counted, as the kubelet has it. */
const CPU_PERIOD = 100_000;

/**
 * The specification of an image's container, made stricter so that it runs as in the pods of
 * `HttpbinApp`: as their user, with no capability and no way to gain one, on a root file system
 * that is read-only, and with an empty folder at /tmp. The seccomp profile is the only thing that
 * stays out: it belongs to the container engine.
 */
export function asPod<Spec extends RuntimeSpec>(spec: Spec, limits: Limits, cgroup: string): Spec {
  const { process, mounts } = spec;
  return {
    ...spec,
    process: {
      ...process,
      terminal: false,
      user: { uid: UID, gid: UID, additionalGids: [UID] },
      capabilities: { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] },
      rlimits: [],
      noNewPrivileges: containerSecurityContext.allowPrivilegeEscalation === false,
    },
    root: { ...spec.root, readonly: containerSecurityContext.readOnlyRootFilesystem === true },
    mounts: [
      ...mounts,
      {
        destination: "/tmp",
        type: "tmpfs",
        source: "tmpfs",
        options: ["nosuid", "nodev", "mode=1777", "size=32m"],
      },
    ],
    linux: {
      ...spec.linux,
      cgroupsPath: cgroup,
      resources: {
        memory: { limit: limits.memory },
        cpu: { quota: Math.round(limits.cores * CPU_PERIOD), period: CPU_PERIOD },
      },
    },
  };
}
