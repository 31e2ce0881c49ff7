import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";

import { versions } from "../../../versions";
import { groupFolder } from "../../../sandbox/toolchain/pin";
import {
  TOOLS,
  buildArguments,
  buildEnvironment,
  toolsOf,
  type Part,
  type Tool,
} from "../../../sandbox/toolchain/tools";

function goMod(group: string): string {
  return readFileSync(`${groupFolder(group)}/go.mod`, "utf8");
}

/** Version of a module that a go.mod requires. */
function required(group: string, module: string): string | undefined {
  return new RegExp(`^\\s*(?:require )?${module} (v\\S+)`, "m").exec(goMod(group))?.[1];
}

/** Module of a tool's package: the longest required path that the package begins with. */
function moduleOf(tool: Tool): string | undefined {
  const required = [...goMod(tool.group).matchAll(/^(?:require |\t)(\S+) v\S+/gm)].map(
    ([, path]) => path,
  );
  const begins = required.filter(
    (path) => path !== undefined && `${tool.package}/`.startsWith(`${path}/`),
  );
  return begins.sort((a, b) => String(b).length - String(a).length)[0];
}

/** Modules of the tools that bring a main of their own. */
const MODULES: Readonly<Record<string, string>> = {
  "cert-manager": "github.com/cert-manager/cert-manager",
  coredns: "github.com/coredns/coredns",
  fortio: "fortio.org/fortio",
  "tailnet-control": "tailscale.com",
  "trivy-checks": "github.com/aquasecurity/trivy",
};

const groups = [...new Set(TOOLS.map((tool) => tool.group))];

describe("tools", () => {
  for (const tool of TOOLS) {
    it(`pins ${tool.name} in go.mod at the version that the table says`, () => {
      const module = tool.package === "." ? MODULES[tool.name] : moduleOf(tool);
      assert.ok(module !== undefined, `no module of ${tool.package} in ${tool.group}/go.mod`);
      assert.equal(required(tool.group, module), tool.version);
    });

    it(`names ${tool.name} as a tool of its module, or brings a main of its own`, () => {
      if (tool.package === ".") assert.ok(existsSync(`${groupFolder(tool.group)}/main.go`));
      else assert.match(goMod(tool.group), new RegExp(`^(?:tool |\\t)${tool.package}$`, "m"));
    });
  }

  it("has a checksum file for each group", () => {
    for (const group of groups) assert.ok(existsSync(`${groupFolder(group)}/go.sum`), group);
  });

  it("builds the release of Kubernetes that the stacks are written for", () => {
    const kubernetes = TOOLS.filter(({ group }) => group === "kubernetes");
    assert.equal(kubernetes.length, 6);
    for (const { version, stamps } of kubernetes) {
      assert.equal(version, `v${versions.kubernetes}`);
      assert.ok(
        stamps?.includes(`k8s.io/component-base/version.gitVersion=v${versions.kubernetes}`),
      );
    }
  });

  it("lets groups share their big dependencies, so that each is compiled once", () => {
    // Go tells packages apart by the version that is required, whatever it is replaced with.
    const common = ["golang.org/x/net", "golang.org/x/sys", "google.golang.org/grpc"];
    const ofKubernetes = [
      "k8s.io/api",
      "k8s.io/apimachinery",
      "k8s.io/client-go",
      "k8s.io/kube-openapi",
      "sigs.k8s.io/structured-merge-diff/v6",
    ];
    const check = (modules: string[], groups: string[]): void => {
      for (const module of modules) {
        const wanted = required("kubernetes", module);
        assert.ok(wanted !== undefined, module);
        for (const group of groups) {
          assert.ok([wanted, undefined].includes(required(group, module)), `${module} of ${group}`);
        }
      }
    };
    const edge = ["traefik", "cert-manager"];
    const onKubernetes = ["metrics-server", "kwok", "coredns", "kube-router", "helm", ...edge];
    check(common, ["etcd", "fortio", "containerd", "pulumi", "pebble", ...onKubernetes]);
    check(ofKubernetes, onKubernetes);
    check(
      ["k8s.io/apiserver", "k8s.io/metrics", "k8s.io/utils", "github.com/google/cel-go"],
      ["metrics-server"],
    );
  });

  it("gives each tier its own tools and those of the tiers before it", () => {
    const names = (tier: "preview" | "cluster" | "node"): string[] =>
      toolsOf(tier).map(({ name }) => name);
    assert.deepEqual(names("preview"), ["pulumi-language-nodejs", "pulumi", "helm"]);
    assert.ok(names("cluster").includes("kwok") && !names("cluster").includes("kubelet"));
    assert.ok(names("node").includes("kubelet") && !names("node").includes("traefik"));
  });

  it("gives the edge and scanners those of their own, on top of a tier's", () => {
    assert.deepEqual(toolsOf("node", ["edge", "monitoring", "scan", "tailnet"]), TOOLS);
    const of = (wanted: Part): string[] =>
      TOOLS.filter(({ part }) => part === wanted).map(({ name }) => name);
    assert.deepEqual(of("edge"), ["traefik", "cert-manager", "pebble"]);
    assert.deepEqual(of("monitoring"), ["prometheus", "keda-operator", "keda-metrics-apiserver"]);
    assert.deepEqual(of("scan"), ["kubeconform", "kube-score", "trivy-checks"]);
    assert.deepEqual(toolsOf("cluster", ["edge"]), toolsOf("cluster"));
  });

  it("gives Tailscale's programs only to a tailnet, at the version of the live stack's routers", () => {
    const own = toolsOf("node", ["tailnet"]).filter((tool) => !toolsOf("node").includes(tool));
    assert.deepEqual(
      own.map(({ name, version }) => [name, version]),
      ["tailscaled", "tailscale", "tailnet-control"].map((name) => [
        name,
        `v${versions.tailscale}`,
      ]),
    );
  });

  it("has KEDA at the version that the stacks install, and all of its kinds", () => {
    const keda = TOOLS.filter(({ group }) => group === "keda");
    assert.deepEqual(
      keda.map(({ version }) => version),
      [`v${versions.keda}`, `v${versions.keda}`],
    );
    assert.equal(keda[0]?.moduleFiles?.paths.length, 6);
  });

  it("leaves the service discoveries of Prometheus out, which nothing here asks for", () => {
    const prometheus = TOOLS.find(({ name }) => name === "prometheus") ?? assert.fail();
    const args = buildArguments(prometheus, "/cache/prometheus");
    assert.equal(args[args.indexOf("-tags") + 1], "remove_all_sd");
    assert.ok(args.includes("-ldflags"));
  });

  it("brings the kinds along that Traefik and cert-manager want, all of them", () => {
    const kinds = (name: string): number | undefined =>
      TOOLS.find((tool) => tool.name === name)?.moduleFiles?.paths.length;
    assert.deepEqual([kinds("traefik"), kinds("cert-manager")], [10, 6]);
  });

  it("builds without paths of the machine, stripped and stamped", () => {
    const scheduler = TOOLS.find(({ name }) => name === "kube-scheduler");
    assert.ok(scheduler !== undefined);
    assert.deepEqual(buildArguments(scheduler, "/cache/kube-scheduler"), [
      "build",
      "-trimpath",
      "-buildvcs=false",
      "-ldflags",
      "-s -w -X k8s.io/component-base/version.gitVersion=v1.36.3 -X k8s.io/component-base/version.gitMajor=1 -X k8s.io/component-base/version.gitMinor=36",
      "-o",
      "/cache/kube-scheduler",
      "k8s.io/kubernetes/cmd/kube-scheduler",
    ]);
    assert.equal(buildEnvironment(scheduler)["CGO_ENABLED"], "0");
    assert.equal(buildEnvironment(scheduler)["GOEXPERIMENT"], "");
  });

  it("links runc alone against C, with seccomp and its symbols", () => {
    const [runc, ...others] = TOOLS.filter(({ cgo }) => cgo !== undefined);
    assert.ok(runc?.name === "runc" && others.length === 0);
    const args = buildArguments(runc, "out");
    assert.deepEqual(args.slice(3, 5), ["-tags", "seccomp"]);
    assert.equal(buildEnvironment(runc)["CGO_ENABLED"], "1");
  });
});
