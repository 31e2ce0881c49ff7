import { readFile } from "node:fs/promises";

import type { Bringing } from "./bringUp";
import { kwok } from "./components/kwok";
import { ingressAddresses } from "./ingressAddresses";
import { ca } from "./layout";
import { simulatedNode } from "./manifests";
import { metricsManifests } from "./metricsManifests";
import { traefikManifests } from "./traefikStandIn";

/** Tier `cluster`: the whole control plane, on loopback, with nodes that KWOK plays. */
export async function bringUpSimulated(bringing: Bringing, arm64: boolean): Promise<void> {
  const { topology, layout } = bringing.setting;
  const architecture = process.arch === "arm64" ? "arm64" : "amd64";
  const nodes = [
    simulatedNode(topology.nodeName, architecture),
    ...(arm64 ? [simulatedNode(`${topology.nodeName}-arm64`, "arm64")] : []),
  ];
  await bringing.startApi("simulated", []);
  const manifests = [
    ...metricsManifests(topology, await readFile(ca(layout), "utf8"), "simulated"),
    ...(await traefikManifests()),
  ];
  await Promise.all([
    bringing.startControllers([...manifests, ...nodes], []),
    bringing.start(kwok(bringing.setting, bringing.tools.files("kwok")), []),
    bringing.start(ingressAddresses(bringing.setting), []),
  ]);
  await bringing.untilUsable(nodes.map(({ metadata }) => metadata.name));
}
