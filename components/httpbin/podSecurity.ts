import type * as kubernetes from "@pulumi/kubernetes";

type PodSecurityContext = kubernetes.types.input.core.v1.PodSecurityContext;
type SecurityContext = kubernetes.types.input.core.v1.SecurityContext;

/** User and group of the process. Above 10,000, so that no user of a node has the same number. */
export const UID = 65532;

/** Labels by which a namespace enforces Pod Security `restricted`, and says so to whoever tries. */
export const RESTRICTED_NAMESPACE_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  ["enforce", "audit", "warn"].flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, "restricted"],
    [`pod-security.kubernetes.io/${mode}-version`, "latest"],
  ]),
);

/** What Pod Security `restricted` asks of a pod. */
export const podSecurityContext: PodSecurityContext = {
  runAsNonRoot: true,
  runAsUser: UID,
  runAsGroup: UID,
  fsGroup: UID,
  seccompProfile: { type: "RuntimeDefault" },
};

/** What Pod Security `restricted` asks of a container, and a root file system it cannot write to. */
export const containerSecurityContext: SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ["ALL"] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: UID,
  runAsGroup: UID,
};
