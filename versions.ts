/** Every version that a stack puts on a cluster, pinned in this one place. */
export const versions = {
  /** Kubernetes release that the manifests are written for and checked against. */
  kubernetes: "1.36.3",

  /** cert-manager: chart and app carry the same number. */
  certManager: "v1.21.2",

  /** Traefik of the line that k3s bundles: the Middleware is checked against its kinds. */
  traefik: "v3.6.0",

  /** Kubernetes release of the EKS cluster; `components/live/kubernetesVersions.ts` says until when. */
  eks: "1.36",

  /** Add-ons of EKS for that release, as clusters in public repositories had them in September 2026. */
  eksAddons: {
    vpcCni: "v1.22.4-eksbuild.3",
    podIdentityAgent: "v1.3.10-eksbuild.3",
    kubeProxy: "v1.36.0-eksbuild.25",
    coredns: "v1.14.3-eksbuild.23",
    metricsServer: "v0.9.0-eksbuild.11",
  },

  /** AWS Load Balancer Controller: since version 3, chart and app carry the same number. */
  albController: "3.5.0",

  /** KEDA: chart and app carry the same number. */
  keda: "2.21.0",

  /** Chart of Prometheus, its operator and Grafana; the operator's own number is 0.94.1. */
  kubePrometheusStack: "92.1.0",

  /** Prometheus Operator of that chart: what it is told is checked against its kinds. */
  prometheusOperator: "v0.94.1",

  /** Tailscale on the subnet router: a package of its stable repository for Amazon Linux 2023. */
  tailscale: "1.102.5",

  /**
   * httpbin for amd64 and arm64, built from `image/`: the version of httpbin and how often it was
   * built. `.github/workflows/image.yml` publishes it from the git tag `httpbin-0.10.4-1`; it becomes
   * a digest once that has run. To use another image: `app.image` in the stack's config.
   */
  httpbinImage: "luismsousa/httpbin:0.10.4-1",
} as const;
