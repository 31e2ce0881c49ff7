import { stringify } from "smol-toml";

import type { Component, Setting } from "../component";
import { cniConfig } from "./cni";

/** Name of the image that holds a pod's namespaces open; it is made here, from Debian's busybox. */
export const PAUSE_IMAGE = "localhost/k8s-test/pause:1";

export interface ContainerdPrograms {
  /** Folder of the CNI plugins' programs. */
  cniBin: string;
  /** Path of runc. */
  runc: string;
  /** Path of the program that containerd starts for each pod, and that runs runc. */
  shim: string;
}

/** The container runtime, with everything it keeps in the cluster's own folder. */
export function containerd(
  setting: Setting,
  { cniBin, runc, shim }: ContainerdPrograms,
): Component {
  const { layout } = setting;
  const path = `${layout.config}/containerd.toml`;
  const config = {
    version: 3,
    root: `${layout.containerd}/root`,
    state: `${layout.containerd}/state`,
    grpc: { address: layout.containerdSocket },
    disabled_plugins: [
      "io.containerd.snapshotter.v1.blockfile",
      "io.containerd.snapshotter.v1.btrfs",
      "io.containerd.snapshotter.v1.devmapper",
      "io.containerd.snapshotter.v1.erofs",
      "io.containerd.snapshotter.v1.zfs",
      "io.containerd.nri.v1.nri",
    ],
    plugins: {
      "io.containerd.cri.v1.images": {
        snapshotter: "overlayfs",
        pinned_images: { sandbox: PAUSE_IMAGE },
      },
      "io.containerd.cri.v1.runtime": {
        // Without CAP_SYS_RESOURCE a lower score than one's own may not be set.
        restrict_oom_score_adj: true,
        enable_unprivileged_ports: true,
        netns_mounts_under_state_dir: true,
        cni: { bin_dirs: [cniBin], conf_dir: `${layout.config}/cni` },
        containerd: {
          default_runtime_name: "runc",
          runtimes: {
            runc: {
              runtime_type: "io.containerd.runc.v2",
              runtime_path: shim,
              options: { BinaryName: runc },
            },
          },
        },
      },
    },
  };
  return {
    name: "containerd",
    tool: "containerd",
    // It reads the network when it starts, and tells the kubelet that the node has one.
    files: [{ path, text: stringify(config) }, cniConfig(setting)],
    args: ["--config", path],
    ready: { socket: layout.containerdSocket },
  };
}
