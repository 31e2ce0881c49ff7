import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";

import { flags, type Component, type Setting } from "../component";
import { ca, kubeconfigOf, pair, type Layout } from "../layout";
import { KEDA_NAMESPACE, monitoringAt, monitoringPlaces } from "./places";

/** KEDA looks for a certificate, its key and its CA by fixed names in one folder. */
export async function prepareKeda(layout: Layout): Promise<void> {
  const folder = monitoringPlaces(layout).kedaCertificates;
  const { cert, key } = pair(layout, "keda");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await Promise.all([
    copyFile(ca(layout), join(folder, "ca.crt")),
    copyFile(cert, join(folder, "tls.crt")),
    copyFile(key, join(folder, "tls.key")),
  ]);
}

/** KEDA's operator: it makes an autoscaler of each ScaledObject, and asks what the triggers name. */
export function kedaOperator({ layout, topology }: Setting): Component {
  const health = monitoringAt(topology, "kedaHealth");
  return {
    name: "keda-operator",
    tool: "keda-operator",
    args: flags({
      "health-probe-bind-address": health,
      "metrics-bind-address": monitoringAt(topology, "kedaMetrics"),
      "metrics-service-bind-address": monitoringAt(topology, "kedaGrpc"),
      "cert-dir": monitoringPlaces(layout).kedaCertificates,
      // The certificates are the cluster's own, and no webhook is there to be told of them.
      "enable-cert-rotation": false,
      "enable-webhook-patching": false,
      "enable-apiservice-patching": false,
      "zap-log-level": "info",
      "zap-encoder": "console",
      "zap-time-encoding": "rfc3339",
    }),
    environment: environment(layout, "keda-operator"),
    ready: { url: `http://${health}/readyz` },
  };
}

/** KEDA's metrics API: it answers the autoscaler what the operator has read. */
export function kedaMetricsApiserver({ layout, topology }: Setting): Component {
  const folder = monitoringPlaces(layout).kedaCertificates;
  const kubeconfig = kubeconfigOf(layout, "keda-metrics-apiserver");
  return {
    name: "keda-metrics-apiserver",
    tool: "keda-metrics-apiserver",
    args: flags({
      "lister-kubeconfig": kubeconfig,
      "authentication-kubeconfig": kubeconfig,
      "authorization-kubeconfig": kubeconfig,
      "bind-address": topology.address,
      "secure-port": topology.ports.kedaApi,
      // Its own metrics are served on every address of the node's network, whatever it is told; of the
      // machine's, where nodes are simulated.
      port: topology.ports.kedaApiMetrics,
      "metrics-service-address": monitoringAt(topology, "kedaGrpc"),
      "cert-dir": folder,
      "client-ca-file": join(folder, "ca.crt"),
      "tls-cert-file": join(folder, "tls.crt"),
      "tls-private-key-file": join(folder, "tls.key"),
      "zap-log-level": "error",
    }),
    environment: environment(layout, "keda-metrics-apiserver"),
    ready: { url: `https://${monitoringAt(topology, "kedaApi")}/readyz` },
  };
}

/** What KEDA asks of its surroundings: in a pod, the names of the namespaces come from there. */
function environment(layout: Layout, user: string): Record<string, string> {
  return {
    KUBECONFIG: kubeconfigOf(layout, user),
    POD_NAMESPACE: KEDA_NAMESPACE,
    KEDA_CLUSTER_OBJECT_NAMESPACE: KEDA_NAMESPACE,
    // All of them.
    WATCH_NAMESPACE: "",
  };
}
