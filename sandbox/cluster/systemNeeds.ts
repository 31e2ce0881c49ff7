import { existsSync } from "node:fs";

import type { SystemNeed } from "../../host/packages";
import { findOnPath } from "../toolchain/onPath";

/** Folders in which distributions put the CNI plugins. */
const CNI_FOLDERS = ["/usr/lib/cni", "/opt/cni/bin", "/usr/libexec/cni"];

/** Folder of the CNI plugins, or undefined. */
export function cniFolder(): string | undefined {
  return CNI_FOLDERS.find((folder) => existsSync(`${folder}/bridge`));
}

function program(name: string, debianPackage: string): SystemNeed {
  return { debianPackage, isThere: () => findOnPath(name) !== undefined };
}

/**
 * What a node needs to run: namespaces and their network, mounts, service addresses (nft), network
 * policies (iptables, ipset), the pause image (buildah, busybox), the pods' network.
 */
export const NODE_NEEDS: readonly SystemNeed[] = [
  program("ip", "iproute2"),
  program("nsenter", "util-linux"),
  program("unshare", "util-linux"),
  program("mount", "mount"),
  program("sysctl", "procps"),
  program("nft", "nftables"),
  program("iptables", "iptables"),
  program("ipset", "ipset"),
  program("buildah", "buildah"),
  {
    debianPackage: "containernetworking-plugins",
    isThere: () => cniFolder() !== undefined,
  },
  {
    debianPackage: "busybox-static",
    isThere: () => existsSync("/bin/busybox"),
  },
];

/** What the edge needs beside: the name server. */
export const EDGE_NEEDS: readonly SystemNeed[] = [
  { ...program("knotd", "knot"), service: "knot.service" },
];

/** What a tailnet of real programs needs beside: the router's stand-in for the aws CLI asks by it. */
export const TAILNET_NEEDS: readonly SystemNeed[] = [program("curl", "curl")];

/** What a page in a browser needs: the browser, and what tells it whom to trust. */
export const BROWSER_NEEDS: readonly SystemNeed[] = [
  program("chromium", "chromium"),
  program("certutil", "libnss3-tools"),
];

/** What building runc needs, which is linked against C. */
export const RUNC_NEEDS: readonly SystemNeed[] = [
  program("gcc", "gcc"),
  program("pkg-config", "pkg-config"),
  {
    debianPackage: "libc6-dev",
    isThere: () => existsSync("/usr/include/stdlib.h"),
  },
  {
    debianPackage: "libseccomp-dev",
    isThere: () => existsSync("/usr/include/seccomp.h"),
  },
];
