import { cacheFolder } from "../../host/cacheFolder";
import type { GeneratorKind } from "../../load/generator/jobs";
import { busyboxImage, programImage } from "../cluster/images";
import { ensureTools } from "../toolchain/toolchain";
import { TOOLS } from "../toolchain/tools";
import { NodeImages } from "./nodeImages";

/** Names that no registry can ever be asked for. */
const LOCAL = "localhost/k8s-test";

/**
 * Puts the image of a generator of load on a cluster's real node, unless it is there: fortio as it
 * is built here, or Debian's busybox.
 *
 * @returns the name under which pods can use it.
 */
export async function putGeneratorImage(
  cluster: string,
  kind: GeneratorKind,
  say: (line: string) => void,
): Promise<string> {
  const tools = await ensureTools(
    TOOLS.filter(({ name }) => name === "ctr" || name === kind),
    { say },
  );
  const images = new NodeImages(cluster, tools.path("ctr"));
  const version = TOOLS.find(({ name }) => name === kind)?.version ?? "1";
  const name = `${LOCAL}/${kind}:${version}`;
  if (await images.has(name)) return name;
  const cache = cacheFolder();
  const archive =
    kind === "fortio"
      ? await programImage(cache, name, { file: tools.path(kind), path: "/usr/bin/fortio" }, [
          "/usr/bin/fortio",
        ])
      : await busyboxImage(cache, name, ["/bin/busybox"]);
  await images.import(archive);
  return name;
}
