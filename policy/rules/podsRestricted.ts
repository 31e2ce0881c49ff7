import {
  at,
  given,
  is,
  isValues,
  listAt,
  textAt,
  UNKNOWN,
  type Value,
  type Values,
} from "../inputs";
import { each, type ResourceRule } from "../rule";
import { containersOf, podSpecOf, WORKLOADS, type Container } from "../workloads";

/** Kinds of volume that Pod Security `restricted` allows. */
const VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

/** Settings of the kernel that are a pod's own, by Pod Security. */
const SAFE_SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
];

/** Pods ask for no more than Pod Security `restricted` gives. */
export const podsRestricted: ResourceRule = {
  name: "pods-restricted",
  demands: "Pods satisfy the profile restricted of Pod Security.",
  why: "what breaks out of a container that has more is on the node, with all that runs there",
  allowed:
    "no privileges, no host namespaces, ports or paths, a user that is not root, all capabilities dropped, seccomp RuntimeDefault",
  mend: () => "take both security contexts from components/httpbin/podSecurity.ts",
  cis: ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"],
  types: WORKLOADS,
  judge: (resource) => {
    const pod = podSpecOf(resource);
    return [
      ...ofHost(pod),
      ...containersOf(pod).flatMap((container) => ofContainer(container, pod)),
    ];
  },
};

function ofHost(pod: Values): string[] {
  const shared = ["hostPID", "hostIPC", "hostNetwork"]
    .map((key) => [key, at(pod, key)] as const)
    .filter(([, value]) => value !== undefined && !is(value, false))
    .map(([key, value]) => given(key, value));
  const volumes = each(listAt(pod, "volumes"), (volume) => {
    const kinds = isValues(volume) ? Object.keys(volume).filter((key) => key !== "name") : [];
    const kind = kinds.find((it) => !VOLUMES.includes(it));
    return kind === undefined ? undefined : `volume ${textAt(volume, "name") ?? ""} is a ${kind}`;
  });
  const calls = listAt(pod, "securityContext.sysctls").map((it) => textAt(it, "name") ?? "");
  const unsafe = calls.filter((name) => !SAFE_SYSCTLS.includes(name));
  return [
    ...shared,
    ...volumes,
    ...(unsafe.length === 0 ? [] : [`sysctls has ${unsafe.join(", ")}`]),
  ];
}

function ofContainer({ name, spec }: Container, pod: Values): string[] {
  const own = (path: string): Value | undefined => at(spec, `securityContext.${path}`);
  const either = (path: string): Value | undefined =>
    own(path) ?? at(pod, `securityContext.${path}`);
  const wrong = [
    ["privileged", own("privileged") ?? false, [false]],
    ["allowPrivilegeEscalation", own("allowPrivilegeEscalation"), [false]],
    ["runAsNonRoot", either("runAsNonRoot"), [true]],
    ["seccompProfile.type", either("seccompProfile.type"), ["RuntimeDefault", "Localhost"]],
    ["procMount", own("procMount") ?? "Default", ["Default"]],
    ["windowsOptions.hostProcess", either("windowsOptions.hostProcess") ?? false, [false]],
    [
      "appArmorProfile.type",
      either("appArmorProfile.type") ?? "RuntimeDefault",
      ["RuntimeDefault", "Localhost"],
    ],
  ] as const;
  const root = either("runAsUser");
  return [
    ...wrong
      .filter(([, value, wanted]) => !is(value, ...wanted))
      .map(([path, value]) => given(path, value)),
    ...(root !== undefined && root !== UNKNOWN && is(root, 0) ? ["runAsUser is 0"] : []),
    ...ofCapabilities(spec),
    ...each(listAt(spec, "ports"), (port) => {
      const host = at(port, "hostPort");
      return host === undefined || is(host, 0) ? undefined : given("hostPort", host);
    }),
  ].map((found) => `container ${name}: ${found}`);
}

function ofCapabilities(container: Value): string[] {
  const capabilities = at(container, "securityContext.capabilities");
  if (capabilities === UNKNOWN) return [];
  const added = listAt(capabilities, "add").filter((it) => it !== "NET_BIND_SERVICE");
  return [
    ...(listAt(capabilities, "drop").includes("ALL")
      ? []
      : [given("capabilities.drop", at(capabilities, "drop"))]),
    ...(added.length === 0 ? [] : [given("capabilities.add", added)]),
  ];
}
