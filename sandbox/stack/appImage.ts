import { basename } from "node:path";

import { hostArchitecture } from "../../host/emulation";
import { buildImage } from "../../image/build";
import { buildContext } from "../../image/context";
import type { RunningCluster } from "../cluster/startCluster";
import { NodeImages } from "./nodeImages";

/** Repository of images that are built here: a name that no registry can ever be asked for. */
const LOCAL = "localhost/httpbin";

/** Name under which an image archive is on the node: another one whenever the image changes. */
export function localName(archive: string): string {
  return `${LOCAL}:${basename(archive, ".tar")}`;
}

/**
 * Builds the app's image unless the cache has it, and puts it on a cluster's node unless it is
 * there.
 *
 * @returns the name under which pods can use it.
 */
export async function putImage(
  cluster: RunningCluster,
  options: { install: boolean; say: (line: string) => void },
): Promise<string> {
  const { archive } = await buildImage(hostArchitecture(), buildContext(options));
  const name = localName(archive);
  const images = new NodeImages(cluster.name, cluster.tools.path("ctr"));
  if (await images.has(name)) return name;
  // The archive knows its image as `latest` of no repository.
  await images.import(archive, LOCAL);
  await images.tag(`${LOCAL}:latest`, name);
  return name;
}
