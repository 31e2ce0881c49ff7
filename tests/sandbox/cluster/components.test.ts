import { strict as assert } from "node:assert";

import { parse } from "yaml";

import { flags, type Component } from "../../../sandbox/cluster/component";
import { apiserver } from "../../../sandbox/cluster/components/apiserver";
import { cniConfig } from "../../../sandbox/cluster/components/cni";
import { containerd, PAUSE_IMAGE } from "../../../sandbox/cluster/components/containerd";
import { controllerManager } from "../../../sandbox/cluster/components/controllerManager";
import { coredns } from "../../../sandbox/cluster/components/coredns";
import { etcd } from "../../../sandbox/cluster/components/etcd";
import { kubelet } from "../../../sandbox/cluster/components/kubelet";
import { kubeProxy } from "../../../sandbox/cluster/components/kubeProxy";
import { kubeRouter } from "../../../sandbox/cluster/components/kubeRouter";
import { kwok } from "../../../sandbox/cluster/components/kwok";
import { metricsServer } from "../../../sandbox/cluster/components/metricsServer";
import { scheduler } from "../../../sandbox/cluster/components/scheduler";
import { layoutOf } from "../../../sandbox/cluster/layout";
import { kedaMetricsApiserver, kedaOperator } from "../../../sandbox/cluster/monitoring/keda";
import {
  loopbackTopology,
  nodeTopology,
  PORT_NAMES,
  type Ports,
} from "../../../sandbox/cluster/topology";
import { TOOLS } from "../../../sandbox/toolchain/tools";

const layout = layoutOf("/state/x", "/logs/x");
const node = { layout, topology: nodeTopology() };
const ports = Object.fromEntries(
  PORT_NAMES.map((name, index) => [name, 20001 + index]),
) as unknown as Ports;
const loopback = { layout, topology: loopbackTopology(ports) };

function flag(component: Component, name: string): string | undefined {
  const found = component.args.find((arg) => arg.startsWith(`--${name}=`));
  return found?.slice(name.length + 3);
}

function file(component: Component, name: string): string {
  const found = component.files?.find(({ path }) => path.endsWith(name));
  assert.ok(found !== undefined, `${component.name} has no file ${name}`);
  return found.text;
}

describe("the components of a cluster", () => {
  const folders = { cniBin: "/usr/lib/cni", runc: "/tools/runc", shim: "/tools/shim" };
  const all = [
    etcd(node),
    apiserver(node, "real"),
    controllerManager(node),
    scheduler(node),
    metricsServer(node),
    containerd(node, folders),
    kubelet(node, "/k8s-test-x"),
    kubeProxy(node),
    kubeRouter(node),
    coredns(node),
    kwok(loopback, []),
  ];

  it("are each run by a tool that is built, and tell by themselves when they are ready", () => {
    for (const component of all) {
      assert.ok(
        TOOLS.some(({ name }) => name === component.tool),
        component.tool,
      );
    }
    const probes = all.map(({ ready }) => JSON.stringify(ready));
    assert.equal(new Set(probes).size, all.length, "no two share a probe");
  });

  it("listen on loopback alone where nodes are simulated", () => {
    const simulated = [
      etcd(loopback),
      apiserver(loopback, "simulated"),
      controllerManager(loopback),
      scheduler(loopback),
      metricsServer(loopback),
      kwok(loopback, []),
      kedaOperator(loopback),
      kedaMetricsApiserver(loopback),
    ];
    for (const { name, args } of simulated) {
      const addresses = args.join(" ").match(/\b\d+\.\d+\.\d+\.\d+\b(?!\/)/g) ?? [];
      assert.deepEqual([...new Set(addresses)], ["127.0.0.1"], name);
      const given = [...args.join(" ").matchAll(/port=(\d+)|127\.0\.0\.1:(\d+)/g)];
      for (const [, a, b] of given) assert.ok(Object.values(ports).includes(Number(a ?? b)), name);
    }
  });

  it("write nothing outside the cluster's own folder", () => {
    for (const component of all) {
      for (const { path } of component.files ?? []) assert.ok(path.startsWith("/state/x/"), path);
    }
    const config = file(containerd(node, folders), "containerd.toml");
    const own = [...config.matchAll(/(?:root|state|address|conf_dir).* = \[?"(\/[^"]+)"/g)];
    assert.ok(own.length >= 4);
    for (const [, path] of own) assert.ok(path?.startsWith("/state/x/"), path);
  });
});

describe("etcd", () => {
  it("asks everyone for a certificate, and keeps its data in the cluster's folder", () => {
    const component = etcd(node);
    assert.equal(flag(component, "client-cert-auth"), "true");
    assert.equal(flag(component, "peer-client-cert-auth"), "true");
    assert.equal(flag(component, "trusted-ca-file"), "/state/x/pki/etcd-ca.crt");
    assert.equal(flag(component, "data-dir"), "/state/x/etcd");
    assert.equal(flag(component, "listen-client-urls"), "https://127.0.0.1:2379");
    assert.deepEqual(component.ready, { url: "http://10.200.0.2:2381/readyz" });
  });
});

describe("kube-apiserver", () => {
  it("checks kubelets that are real, and is the endpoint of its own service", () => {
    const real = apiserver(node, "real");
    assert.equal(flag(real, "kubelet-certificate-authority"), "/state/x/pki/ca.crt");
    assert.equal(flag(real, "advertise-address"), "10.200.0.2");
    assert.equal(flag(real, "endpoint-reconciler-type"), undefined);
  });

  it("has no endpoint where it listens on loopback, which the API would not take", () => {
    const simulated = apiserver(loopback, "simulated");
    assert.equal(flag(simulated, "endpoint-reconciler-type"), "none");
    assert.equal(flag(simulated, "advertise-address"), undefined);
    assert.equal(flag(simulated, "enable-aggregator-routing"), "false");
  });

  it("decides by node and role, and lets only the front proxy speak for others", () => {
    const component = apiserver(node, "real");
    assert.equal(flag(component, "authorization-mode"), "Node,RBAC");
    assert.equal(flag(component, "enable-admission-plugins"), "NodeRestriction");
    assert.equal(flag(component, "requestheader-allowed-names"), "front-proxy-client");
  });
});

describe("kubelet", () => {
  const config = parse(file(kubelet(node, "/k8s-test-x"), "kubelet.yaml")) as Record<
    string,
    unknown
  >;

  it("lets nobody in without a certificate or a token", () => {
    assert.deepEqual(config["authentication"], {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: "/state/x/pki/ca.crt" },
    });
    assert.deepEqual(config["authorization"], { mode: "Webhook" });
    assert.equal(config["readOnlyPort"], 0);
  });

  it("gives pods the cluster's DNS, and a seccomp profile", () => {
    assert.deepEqual(config["clusterDNS"], ["10.43.0.10"]);
    assert.equal(config["resolvConf"], "");
    assert.equal(config["seccompDefault"], true);
  });

  it("keeps pods in the cluster's own cgroup and logs in its own folder", () => {
    assert.equal(config["cgroupRoot"], "/k8s-test-x");
    assert.equal(config["podLogsDir"], "/state/x/pod-logs");
    assert.equal(config["containerRuntimeEndpoint"], "unix:///state/x/containerd.sock");
  });

  it("tells of containers only where Prometheus asks for them", () => {
    assert.equal(flag(kubelet(node, "/k8s-test-x"), "containerd"), undefined);
    const told = kubelet(node, "/k8s-test-x", true);
    assert.equal(flag(told, "containerd"), "/state/x/containerd.sock");
  });
});

describe("containerd", () => {
  it("uses the runc that was built, and a pause image that is on the node", () => {
    const config = file(
      containerd(node, { cniBin: "/cni", runc: "/tools/runc", shim: "/tools/shim" }),
      "containerd.toml",
    );
    assert.match(config, /BinaryName = "\/tools\/runc"/);
    assert.match(config, /runtime_path = "\/tools\/shim"/);
    assert.ok(config.includes(`sandbox = "${PAUSE_IMAGE}"`));
    assert.match(config, /restrict_oom_score_adj = true/);
    assert.match(config, /bin_dirs = \[ ?"\/cni" ?\]/);
  });

  it("knows the pods' network from the start, which has no way out", () => {
    const { text } = cniConfig(node);
    const { plugins } = JSON.parse(text) as { plugins: Record<string, unknown>[] };
    assert.equal(plugins[0]?.["ipMasq"], false);
    assert.match(text, /"subnet": "10\.42\.0\.0\/24"/);
    assert.match(text, /"net\.ipv6\.conf\.eth0\.disable_ipv6": "1"/);
    const files = containerd(node, { cniBin: "/cni", runc: "/runc", shim: "/shim" }).files ?? [];
    assert.ok(files.some((one) => one.text === text));
  });
});

describe("kube-proxy", () => {
  it("uses nftables and leaves read-only settings of the kernel alone", () => {
    const config = parse(file(kubeProxy(node), "kube-proxy.yaml")) as Record<string, unknown>;
    assert.equal(config["mode"], "nftables");
    assert.deepEqual(config["conntrack"], {
      maxPerCore: 0,
      tcpEstablishedTimeout: "0s",
      tcpCloseWaitTimeout: "0s",
    });
  });
});

describe("kube-router", () => {
  it("enforces policies and does nothing else, on its own node", () => {
    const component = kubeRouter(node);
    assert.equal(flag(component, "hostname-override"), "sandbox");
    assert.equal(flag(component, "service-cluster-ip-range"), "10.43.0.0/16");
    assert.equal(flag(component, "kubeconfig"), "/state/x/pki/kube-router.kubeconfig");
    assert.equal(flag(component, "health-port"), "20244");
    const parts = ["run-firewall", "run-router", "run-service-proxy"];
    assert.deepEqual(
      parts.map((part) => flag(component, part)),
      ["true", "false", "false"],
    );
    assert.deepEqual(component.ready, { url: "http://10.200.0.2:20244/healthz" });
  });
});

describe("coredns", () => {
  it("answers for the cluster on the node's address, and asks nobody else", () => {
    const corefile = file(coredns(node), "Corefile");
    assert.match(corefile, /^\.:53 \{\n {2}bind 10\.200\.0\.2$/m);
    assert.match(corefile, /kubernetes cluster\.local in-addr\.arpa/);
    assert.doesNotMatch(corefile, /forward/);
  });

  it("sends questions of one zone to its name server, where there is one", () => {
    const corefile = file(
      coredns(node, { zone: "home.test", server: "10.200.0.2:1053" }),
      "Corefile",
    );
    const [own = "", forwarded = ""] = corefile.split(/(?=^home\.test)/m);
    assert.equal(own.trimEnd(), file(coredns(node), "Corefile").trimEnd());
    assert.match(forwarded, /^home\.test:53 \{\n {2}bind 10\.200\.0\.2$/m);
    assert.match(forwarded, /^ {2}forward \. 10\.200\.0\.2:1053$/m);
  });
});

describe("flags", () => {
  it("writes values in order, and leaves out those that are undefined", () => {
    assert.deepEqual(flags({ b: 1, a: "x", none: undefined, c: false }), [
      "--b=1",
      "--a=x",
      "--c=false",
    ]);
  });
});
