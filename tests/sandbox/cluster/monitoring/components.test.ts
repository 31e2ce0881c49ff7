import { strict as assert } from "node:assert";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { writeCertificates } from "../../../../sandbox/cluster/certificates";
import { PORTS as EDGE_PORTS } from "../../../../sandbox/cluster/edge/places";
import { layoutOf, pair } from "../../../../sandbox/cluster/layout";
import {
  kedaMetricsApiserver,
  kedaOperator,
  prepareKeda,
} from "../../../../sandbox/cluster/monitoring/keda";
import { monitoringPlaces } from "../../../../sandbox/cluster/monitoring/places";
import { prometheus } from "../../../../sandbox/cluster/monitoring/prometheus";
import { nodeTopology } from "../../../../sandbox/cluster/topology";
import { TOOLS } from "../../../../sandbox/toolchain/tools";

const setting = { layout: layoutOf("/state/x", "/logs/x"), topology: nodeTopology() };
const all = [prometheus(setting), kedaOperator(setting), kedaMetricsApiserver(setting)];

describe("the components of a cluster's monitoring", () => {
  it("are run by tools that are built for it", () => {
    for (const { tool } of all) {
      assert.equal(TOOLS.find(({ name }) => name === tool)?.part, "monitoring", tool);
    }
  });

  it("listen on the node's address, on ports that nothing else there has", () => {
    const ofCluster = { ...setting.topology.ports };
    const ports = [EDGE_PORTS, ofCluster].flatMap((some) => Object.values<number>(some));
    assert.equal(new Set(ports).size, ports.length);
    for (const { name, args, files = [] } of all) {
      const text = [...args, ...files.map((one) => one.text)].join("\n");
      const addresses = text.match(/\b\d+\.\d+\.\d+\.\d+\b/g) ?? [];
      assert.deepEqual([...new Set(addresses)], ["10.200.0.2"], name);
    }
  });

  it("know the API server by a kubeconfig of their own", () => {
    const [, operator, api] = all;
    assert.equal(operator?.environment?.["KUBECONFIG"], "/state/x/pki/keda-operator.kubeconfig");
    assert.equal(
      api?.environment?.["KUBECONFIG"],
      "/state/x/pki/keda-metrics-apiserver.kubeconfig",
    );
  });

  it("have the operator look into all namespaces, and change no certificate", () => {
    const operator = kedaOperator(setting);
    assert.equal(operator.environment?.["WATCH_NAMESPACE"], "");
    for (const name of ["cert-rotation", "webhook-patching", "apiservice-patching"]) {
      assert.ok(operator.args.includes(`--enable-${name}=false`), name);
    }
  });

  it("find KEDA's certificate under the names that it looks for, readable by its owner", async () => {
    const folder = await mkdtemp(join(tmpdir(), "k8s-test-keda-"));
    try {
      const layout = layoutOf(folder, join(folder, "logs"));
      await writeCertificates(layout, setting.topology);
      await prepareKeda(layout);
      const certificates = monitoringPlaces(layout).kedaCertificates;
      assert.deepEqual((await readdir(certificates)).sort(), ["ca.crt", "tls.crt", "tls.key"]);
      const { key } = pair(layout, "keda");
      const copy = await readFile(join(certificates, "tls.key"), "utf8");
      assert.equal(copy, await readFile(key, "utf8"));
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
