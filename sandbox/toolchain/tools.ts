import { versions } from "../../versions";

/** How much of a cluster is asked for; each tier needs the tools of those before it. */
export type Tier = "preview" | "cluster" | "node";

/** What may be there or not, whatever the tier. Nothing else needs the tools of a part. */
export type Part = "edge" | "monitoring" | "scan" | "tailnet";

/** A program that the sandbox runs, and how it is built from Go modules. */
export interface Tool {
  /** Name of the executable. */
  name: string;
  /** Folder beside this file whose go.mod pins the module; tools of one module share it. */
  group: string;
  /** Go package of the program. */
  package: string;
  /** Version of the module, as go.mod has it. */
  version: string;
  /** Smallest tier that needs it. */
  tier: Tier;
  /** Set for a tool that only this part needs. */
  part?: Part;
  /** Build tags, by which a module leaves something out. */
  tags?: readonly string[];
  /** String variables that the linker sets, in the form `package.variable=value`. */
  stamps?: readonly string[];
  /** Files of the module that the program needs when it runs, by their paths in it. */
  moduleFiles?: { module: string; paths: readonly string[] };
  /** Set for a program that is linked against C: the build tags, and Debian's packages for it. */
  cgo?: { tags: readonly string[]; debianPackages: readonly string[] };
  /** What a program needs of Go that is not yet for everybody, as in `GOEXPERIMENT`. */
  experiment?: string;
  /**
   * Seconds that the build takes in this file's order, measured on two cores with nothing in Go's
   * caches, the download included. Later tools are quicker than alone: they share what was compiled.
   */
  seconds: number;
}

const kubernetesVersion = `v${versions.kubernetes}`;
const [major, minor] = versions.kubernetes.split(".");

function kubernetes(name: string, tier: Tier, seconds: number): Tool {
  return {
    name,
    group: "kubernetes",
    package: `k8s.io/kubernetes/cmd/${name}`,
    version: kubernetesVersion,
    tier,
    stamps: [
      `k8s.io/component-base/version.gitVersion=${kubernetesVersion}`,
      `k8s.io/component-base/version.gitMajor=${String(major)}`,
      `k8s.io/component-base/version.gitMinor=${String(minor)}`,
    ],
    seconds,
  };
}

function containerd(name: string, seconds: number): Tool {
  return {
    name,
    group: "containerd",
    package: `github.com/containerd/containerd/v2/cmd/${name}`,
    version: "v2.4.2",
    tier: "node",
    stamps: ["github.com/containerd/containerd/v2/version.Version=v2.4.2"],
    seconds,
  };
}

/** At the version that the live stack's routers install. */
function tailnet(name: string, part: string, seconds: number): Tool {
  return {
    name,
    group: "tailnet",
    package: part,
    version: `v${versions.tailscale}`,
    tier: "node",
    part: "tailnet",
    stamps: ["long", "short"].map(
      (stamp) => `tailscale.com/version.${stamp}Stamp=${versions.tailscale}`,
    ),
    seconds,
  };
}

/** At the version that the stacks install where monitoring is asked for. */
function keda(name: string, command: string, seconds: number): Tool {
  return {
    name,
    group: "keda",
    package: `github.com/kedacore/keda/v2/cmd/${command}`,
    version: `v${versions.keda}`,
    tier: "node",
    part: "monitoring",
    stamps: [`github.com/kedacore/keda/v2/version.Version=${versions.keda}`],
    seconds,
  };
}

/** Every tool, in the order in which they are built. */
export const TOOLS: readonly Tool[] = [
  {
    name: "etcd",
    group: "etcd",
    package: "go.etcd.io/etcd/server/v3",
    version: "v3.6.16",
    tier: "cluster",
    seconds: 47,
  },
  kubernetes("kube-apiserver", "cluster", 225),
  kubernetes("kube-controller-manager", "cluster", 61),
  kubernetes("kube-scheduler", "cluster", 7),
  kubernetes("kubectl", "cluster", 23),
  {
    name: "metrics-server",
    group: "metrics-server",
    package: "sigs.k8s.io/metrics-server/cmd/metrics-server",
    version: "v0.9.0",
    tier: "cluster",
    seconds: 8,
  },
  {
    name: "kwok",
    group: "kwok",
    package: "sigs.k8s.io/kwok/cmd/kwok",
    version: "v0.8.0",
    tier: "cluster",
    stamps: ["sigs.k8s.io/kwok/pkg/consts.Version=v0.8.0"],
    // How nodes and pods become Ready, and where their usage comes from.
    moduleFiles: {
      module: "sigs.k8s.io/kwok",
      paths: [
        "kustomize/stage/node/fast/node-initialize.yaml",
        "kustomize/stage/node/heartbeat/node-heartbeat.yaml",
        "kustomize/stage/pod/fast/pod-ready.yaml",
        "kustomize/stage/pod/fast/pod-complete.yaml",
        "kustomize/stage/pod/fast/pod-delete.yaml",
        "kustomize/metrics/resource/metrics-resource.yaml",
        "kustomize/metrics/usage/usage-from-annotation.yaml",
      ],
    },
    seconds: 10,
  },
  kubernetes("kubelet", "node", 17),
  kubernetes("kube-proxy", "node", 7),
  containerd("containerd", 36),
  containerd("containerd-shim-runc-v2", 1),
  containerd("ctr", 3),
  {
    name: "runc",
    group: "runc",
    package: "github.com/opencontainers/runc",
    version: "v1.5.2",
    tier: "node",
    cgo: {
      tags: ["seccomp"],
      debianPackages: ["gcc", "libc6-dev", "libseccomp-dev", "pkg-config"],
    },
    seconds: 10,
  },
  {
    name: "coredns",
    group: "coredns",
    // A main of our own, beside the go.mod.
    package: ".",
    version: "v1.14.1",
    tier: "node",
    seconds: 7,
  },
  {
    name: "pulumi-language-nodejs",
    group: "language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: "v3.60.0",
    tier: "preview",
    stamps: ["github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v3.60.0"],
    seconds: 19,
  },
  {
    name: "pulumi",
    group: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: "v3.259.0",
    tier: "preview",
    stamps: ["github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=3.259.0"],
    seconds: 162,
  },
  {
    name: "helm",
    group: "helm",
    package: "helm.sh/helm/v3/cmd/helm",
    version: "v3.21.4",
    tier: "preview",
    stamps: ["helm.sh/helm/v3/internal/version.version=v3.21.4"],
    seconds: 11,
  },
  {
    name: "kube-router",
    group: "kube-router",
    // The flaw that is reported of this version is in its service proxy, which never runs here:
    // GHSA-phqm-jgc3-qf8g.
    package: "github.com/cloudnativelabs/kube-router/v2/cmd/kube-router",
    version: "v2.1.0",
    tier: "node",
    stamps: ["github.com/cloudnativelabs/kube-router/v2/pkg/version.Version=v2.1.0"],
    seconds: 35,
  },
  {
    // What puts load on the app.
    name: "fortio",
    group: "fortio",
    // A main of our own, beside the go.mod.
    package: ".",
    version: "v1.75.3",
    tier: "node",
    seconds: 3,
  },
  {
    name: "traefik",
    group: "traefik",
    package: "github.com/traefik/traefik/v3/cmd/traefik",
    version: versions.traefik,
    tier: "node",
    part: "edge",
    stamps: [`github.com/traefik/traefik/v3/pkg/version.Version=${versions.traefik.slice(1)}`],
    // The kinds that its provider for custom resources watches: it wants all of them.
    moduleFiles: {
      module: "github.com/traefik/traefik/v3",
      paths: [
        "ingressroutes",
        "ingressroutetcps",
        "ingressrouteudps",
        "middlewares",
        "middlewaretcps",
        "serverstransports",
        "serverstransporttcps",
        "tlsoptions",
        "tlsstores",
        "traefikservices",
      ].map((kind) => `docs/content/reference/dynamic-configuration/traefik.io_${kind}.yaml`),
    },
    seconds: 190,
  },
  {
    name: "cert-manager",
    group: "cert-manager",
    // A main of our own, beside the go.mod.
    package: ".",
    version: versions.certManager,
    tier: "node",
    part: "edge",
    stamps: [`github.com/cert-manager/cert-manager/pkg/util.AppVersion=${versions.certManager}`],
    moduleFiles: {
      module: "github.com/cert-manager/cert-manager",
      paths: [
        "cert-manager.io_certificaterequests",
        "cert-manager.io_certificates",
        "cert-manager.io_clusterissuers",
        "cert-manager.io_issuers",
        "acme.cert-manager.io_challenges",
        "acme.cert-manager.io_orders",
      ].map((kind) => `deploy/crds/${kind}.yaml`),
    },
    seconds: 85,
  },
  {
    name: "pebble",
    group: "pebble",
    package: "github.com/letsencrypt/pebble/v2/cmd/pebble",
    version: "v2.10.1",
    tier: "node",
    part: "edge",
    stamps: ["main.version=v2.10.1"],
    seconds: 3,
  },
  {
    name: "prometheus",
    group: "prometheus",
    package: "github.com/prometheus/prometheus/cmd/prometheus",
    // Prometheus 3.16.0: its modules count from 0.300 on.
    version: "v0.316.0",
    tier: "node",
    part: "monitoring",
    // Each process of the node is where it is: nothing has to be looked for in a cloud or a cluster.
    tags: ["remove_all_sd"],
    stamps: ["github.com/prometheus/common/version.Version=3.16.0"],
    // The kinds by which a stack tells Prometheus what to scrape, and when to alert.
    moduleFiles: {
      module: "github.com/prometheus-operator/prometheus-operator",
      paths: ["podmonitors", "prometheusrules"].map(
        (kind) => `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`,
      ),
    },
    seconds: 75,
  },
  {
    ...keda("keda-operator", "operator", 375),
    moduleFiles: {
      module: "github.com/kedacore/keda/v2",
      paths: [
        "keda.sh_scaledobjects",
        "keda.sh_scaledjobs",
        "keda.sh_triggerauthentications",
        "keda.sh_clustertriggerauthentications",
        "eventing.keda.sh_cloudeventsources",
        "eventing.keda.sh_clustercloudeventsources",
      ].map((kind) => `config/crd/bases/${kind}.yaml`),
    },
  },
  keda("keda-metrics-apiserver", "adapter", 90),
  {
    name: "kubeconform",
    group: "scanners",
    package: "github.com/yannh/kubeconform/cmd/kubeconform",
    version: "v0.8.0",
    tier: "preview",
    part: "scan",
    seconds: 14,
  },
  {
    name: "kube-score",
    group: "scanners",
    package: "github.com/zegl/kube-score/cmd/kube-score",
    version: "v1.20.0",
    tier: "preview",
    part: "scan",
    seconds: 15,
  },
  {
    name: "trivy-checks",
    group: "trivy",
    // A main of our own, beside the go.mod.
    package: ".",
    version: "v0.74.0",
    tier: "preview",
    part: "scan",
    experiment: "jsonv2",
    seconds: 45,
  },
  tailnet("tailscaled", "tailscale.com/cmd/tailscaled", 170),
  tailnet("tailscale", "tailscale.com/cmd/tailscale", 7),
  // A main of our own, beside the go.mod.
  tailnet("tailnet-control", ".", 3),
];

const ORDER: readonly Tier[] = ["preview", "cluster", "node"];

/**
 * The tools that a tier needs: its own, and those of the tiers before it.
 *
 * @param parts What the cluster has beside. @default nothing
 */
export function toolsOf(tier: Tier, parts: readonly Part[] = []): Tool[] {
  return TOOLS.filter(
    (tool) =>
      ORDER.indexOf(tool.tier) <= ORDER.indexOf(tier) &&
      (tool.part === undefined || parts.includes(tool.part)),
  );
}

/** The arguments of `go` that build a tool into a file. */
export function buildArguments(tool: Tool, output: string): string[] {
  const link = ["-s", "-w", ...(tool.stamps ?? []).map((stamp) => `-X ${stamp}`)].join(" ");
  // runc reads its own symbols and wants to be whole.
  const linked = tool.cgo === undefined ? ["-ldflags", link] : [];
  const tags = [...(tool.tags ?? []), ...(tool.cgo?.tags ?? [])];
  const flags = [...linked, ...(tags.length === 0 ? [] : ["-tags", tags.join(",")])];
  return ["build", "-trimpath", "-buildvcs=false", ...flags, "-o", output, tool.package];
}

/** The settings of `go` that must not come from the user's own environment. */
export function buildEnvironment(tool: Tool): Record<string, string> {
  const { cgo, experiment = "" } = tool;
  return {
    CGO_ENABLED: cgo === undefined ? "0" : "1",
    GOEXPERIMENT: experiment,
    GOFLAGS: "",
    GOWORK: "off",
  };
}
