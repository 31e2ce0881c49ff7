import { readFile } from "node:fs/promises";

import { run } from "../../host/run";
import { UserError } from "../../host/userError";
import type { Bringing } from "./bringUp";
import { containerd } from "./components/containerd";
import { coredns } from "./components/coredns";
import { kubelet } from "./components/kubelet";
import { kubeProxy } from "./components/kubeProxy";
import { kubeRouter } from "./components/kubeRouter";
import { bringUpEdge } from "./edge/bringUpEdge";
import { serverAt } from "./edge/places";
import { ZONE } from "./edge/zone";
import { ingressAddresses } from "./ingressAddresses";
import { ca } from "./layout";
import { dnsManifests, policyManifests } from "./manifests";
import { metricsManifests } from "./metricsManifests";
import { enterNamespaces } from "./namespaces";
import { bringUpMonitoring } from "./monitoring/bringUpMonitoring";
import { makeNamespace, startHolder } from "./nodeNamespace";
import type { NodeRecord } from "./state";
import { cniFolder } from "./systemNeeds";
import { traefikManifests } from "./traefikStandIn";

/** Archives of images, in the order in which they are imported: the pause image first. */
export interface NodeImages {
  pause: string;
  others: readonly string[];
}

/**
 * Tier `node`: the control plane and one real node, in namespaces of their own.
 *
 * @param edge Whether Traefik and what belongs to it run; else it is simulated.
 * @param monitoring Whether KEDA and Prometheus run.
 */
export async function bringUpNode(
  bringing: Bringing,
  node: NodeRecord,
  { images, edge, monitoring }: { images: NodeImages; edge: boolean; monitoring: boolean },
): Promise<void> {
  const { setting, tools, starter } = bringing;
  const { topology, layout } = setting;
  const cniBin = cniFolder();
  if (cniBin === undefined) throw new UserError("The CNI plugins are gone from this machine.");

  await makeNamespace(node, () => {
    starter.save();
  });
  const holder = await startHolder(layout, node);
  starter.record(holder);
  const inside = enterNamespaces(holder);
  starter.note("namespaces");

  const runtime = containerd(setting, {
    cniBin,
    runc: tools.path("runc"),
    shim: tools.path("containerd-shim-runc-v2"),
  });
  const runtimeReady = bringing
    .start(runtime, inside)
    .then(() => importImage(bringing, images.pause));
  await Promise.all([bringing.startApi("real", inside), runtimeReady]);

  const manifests = [
    ...dnsManifests(topology),
    ...policyManifests(),
    ...metricsManifests(topology, await readFile(ca(layout), "utf8"), "real"),
    ...(edge ? [] : await traefikManifests()),
  ];
  const dns = edge
    ? coredns(setting, { zone: ZONE, server: serverAt(topology, "nameServer") })
    : coredns(setting);
  await Promise.all([
    bringing.start(kubelet(setting, node.cgroup, monitoring), inside),
    bringing.start(kubeProxy(setting), inside),
    edge ? bringUpEdge(bringing, inside) : bringing.start(ingressAddresses(setting), inside),
    // It looks for its node once, when it starts.
    Promise.all([
      bringing.startControllers(manifests, inside, [dns]),
      bringing.untilUsable([topology.nodeName]),
    ]).then(() => bringing.start(kubeRouter(setting), inside)),
    importAll(bringing, images.others),
  ]);
  if (monitoring) await bringUpMonitoring(bringing, inside);
}

async function importAll(bringing: Bringing, archives: readonly string[]): Promise<void> {
  for (const archive of archives) {
    await importImage(bringing, archive);
    bringing.starter.note(`image ${archive}`);
  }
}

/** Puts the images of an OCI archive on the node, under the names that the archive gives them. */
async function importImage({ setting, tools }: Bringing, archive: string): Promise<void> {
  const address = `--address=${setting.layout.containerdSocket}`;
  await run(tools.path("ctr"), [address, "--namespace=k8s.io", "images", "import", archive]);
}
