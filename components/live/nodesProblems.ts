import type { Problem } from "../problem";

/** An operating system of nodes. */
interface NodeImage {
  /** As EKS calls it. */
  amiType: string;
  /** Disk for images and containers. */
  device: string;
  /** Disk of the system, where that is another one. Its size is in GiB. */
  system?: { device: string; sizeGiB: number };
}

/** Operating systems of nodes, by the names that they have here. */
export const NODE_IMAGES: Readonly<Record<string, NodeImage>> = {
  bottlerocket: {
    amiType: "BOTTLEROCKET_ARM_64",
    device: "/dev/xvdb",
    system: { device: "/dev/xvda", sizeGiB: 4 },
  },
  al2023: { amiType: "AL2023_ARM_64_STANDARD", device: "/dev/xvda" },
};

/** What nodes there are to be, as far as there is something to get wrong. */
export interface NodesShape {
  image: string;
  instanceTypes: string[];
  minSize: number;
  maxSize: number;
  desiredSize: number;
}

/** What is wrong with the nodes that are asked for. */
export function nodesProblems(args: NodesShape): Problem[] {
  const { image, instanceTypes, minSize, maxSize, desiredSize } = args;
  const problems: Problem[] = [];
  if (!(image in NODE_IMAGES)) {
    const allowed = `one of ${Object.keys(NODE_IMAGES).join(", ")}`;
    problems.push({ key: "image", given: image, allowed, suggestion: "bottlerocket" });
  }
  // Graviton's families have a g after their generation: t4g, m7gd, c8gn.
  const others = instanceTypes.filter((type) => !/^[a-z]+\d+g[a-z]*\./.test(type));
  if (instanceTypes.length === 0 || others.length > 0) {
    const given = instanceTypes.length === 0 ? "none" : others.join(", ");
    const allowed = "instance types of arm64 families, such as t4g.medium";
    problems.push({ key: "instanceTypes", given, allowed });
  }
  if (minSize > maxSize) {
    const allowed = `at least minSize (${String(minSize)})`;
    problems.push({ key: "maxSize", given: String(maxSize), allowed, suggestion: minSize });
  } else if (desiredSize < minSize || desiredSize > maxSize) {
    const allowed = `from minSize (${String(minSize)}) to maxSize (${String(maxSize)})`;
    problems.push({ key: "desiredSize", given: String(desiredSize), allowed, suggestion: minSize });
  }
  return problems;
}
