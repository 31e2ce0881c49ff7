import { run } from "../../host/run";
import { clusterLayout } from "../../sandbox/cluster/state";
import { ensureTools } from "../../sandbox/toolchain/toolchain";
import { TOOLS } from "../../sandbox/toolchain/tools";

/** Gives an image on a cluster's real node another name. */
export async function renameImage(cluster: string, image: string, name: string): Promise<void> {
  const tools = await ensureTools(TOOLS.filter((tool) => tool.name === "ctr"));
  const address = `--address=${clusterLayout(cluster).containerdSocket}`;
  const tag = ["images", "tag", "--force", image, name];
  await run(tools.path("ctr"), [address, "--namespace=k8s.io", ...tag]);
}
