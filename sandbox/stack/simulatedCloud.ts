import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { replaceFile } from "../providers/installOffline";
import { STAND_IN_CHARTS } from "../providers/kubernetes/helm/chartSource";
import { World, type TailnetSockets } from "../providers/cloud/world/world";
import { installSimulatedPlugins } from "../providers/simulatedPlugins";
import { installAws, readKubeconfig } from "./aws/installAws";

/** The cloud that a stack finds in place of AWS and a tailnet. */
export interface SimulatedCloud {
  /** Folder of what is in it; it goes with the cluster. */
  world: string;
  /** Where the engine's plugins are: none of them asks anybody outside of this machine. */
  pulumiHome: string;
  /** Folder of programs that take the place of the user's own. */
  bin: string;
  /** Kubeconfig of the cluster that takes the place of EKS'; undefined where there is none. */
  kubeconfigPath?: string;
  /** The tailnet of real programs that it acts on. @default the tailnet is simulated, too */
  tailnet?: TailnetSockets;
}

/** What is simulated of a stack in the cloud, and what is not. */
export function cloudSentence(tailnet: "simulated" | "real"): string {
  return tailnet === "simulated"
    ? "Simulated: AWS, EKS and the tailnet, so that no account is asked and nothing costs anything, and the AWS Load Balancer Controller. Real: Pulumi's engine, the program, and all that it makes inside the cluster."
    : "Simulated: AWS and EKS, so that no account is asked and nothing costs anything, and the AWS Load Balancer Controller. Of the tailnet, the control server is Tailscale's own for tests, with the sandbox's additions; the router's instances are network namespaces that boot by the stack's own user data. Real: Tailscale's programs on router and laptop, the way through them, names as they are looked up there, Pulumi's engine, which runs on the laptop, the program, and all that it makes inside the cluster.";
}

/**
 * @param folder - Of the engine.
 * @param kubeconfigPath - Of the sandbox's cluster. @default none: a plan alone can be made
 * @param tailnet - That of real programs. @default the tailnet is simulated
 */
export function simulatedCloud(
  folder: string,
  kubeconfigPath?: string,
  tailnet?: TailnetSockets,
): SimulatedCloud {
  return {
    world: join(folder, "cloud"),
    pulumiHome: join(cacheFolder(), "pulumi-home-simulated"),
    bin: join(folder, "cloud-bin"),
    ...(kubeconfigPath !== undefined && { kubeconfigPath }),
    ...(tailnet && { tailnet }),
  };
}

/** What the engine and its plugins are told by their environment. */
export function cloudEnvironment(cloud: SimulatedCloud): Record<string, string> {
  return {
    [STAND_IN_CHARTS]: join(__dirname, "charts"),
    // Without a world nothing can be made in it.
    ...(cloud.kubeconfigPath !== undefined && { K8S_TEST_CLOUD: cloud.world }),
  };
}

/** Lays out the plugins, and where there is a cluster, tells the cloud of it and of its tailnet. */
export async function prepareCloud(cloud: SimulatedCloud): Promise<void> {
  const { world, bin, kubeconfigPath } = cloud;
  await installSimulatedPlugins(cloud.pulumiHome);
  if (kubeconfigPath === undefined) return;
  await mkdir(world, { recursive: true, mode: 0o700 });
  const { cluster, credential } = await readKubeconfig(kubeconfigPath);
  await replaceFile(join(world, "cluster.json"), `${JSON.stringify(cluster)}\n`, 0o600);
  new World(world).tailnet = cloud.tailnet;
  await installAws(bin, credential);
}
