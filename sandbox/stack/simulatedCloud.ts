import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { cacheFolder } from "../../host/cacheFolder";
import { replaceFile } from "../providers/installOffline";
import { STAND_IN_CHARTS } from "../providers/kubernetes/helm/chartSource";
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
}

/** What is simulated of a stack in the cloud, and what is not, in one sentence. */
export const CLOUD_SENTENCE =
  "Simulated: AWS, EKS and the tailnet, so that no account is asked and nothing costs anything, and the AWS Load Balancer Controller. Real: Pulumi's engine, the program, and all that it makes inside the cluster.";

/**
 * @param folder - Of the engine.
 * @param kubeconfigPath - Of the sandbox's cluster. @default none: a plan alone can be made
 */
export function simulatedCloud(folder: string, kubeconfigPath?: string): SimulatedCloud {
  return {
    world: join(folder, "cloud"),
    pulumiHome: join(cacheFolder(), "pulumi-home-simulated"),
    bin: join(folder, "cloud-bin"),
    ...(kubeconfigPath !== undefined && { kubeconfigPath }),
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

/** Lays out the plugins, and where there is a cluster, tells the cloud of it. */
export async function prepareCloud(cloud: SimulatedCloud): Promise<void> {
  const { world, bin, kubeconfigPath } = cloud;
  await installSimulatedPlugins(cloud.pulumiHome);
  if (kubeconfigPath === undefined) return;
  await mkdir(world, { recursive: true, mode: 0o700 });
  const { cluster, credential } = await readKubeconfig(kubeconfigPath);
  await replaceFile(join(world, "cluster.json"), `${JSON.stringify(cluster)}\n`, 0o600);
  await installAws(bin, credential);
}
