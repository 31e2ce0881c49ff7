import { join } from "node:path";

/** Folders of the machine that the node's programs write to whatever one tells them. */
export const HIDDEN = ["/run", "/var/lib", "/var/log"] as const;

/** Where the files of one cluster lie, all below one folder outside the repository. */
export interface Layout {
  folder: string;
  /** What runs and what must be taken down. */
  state: string;
  /** Kubeconfig of the administrator. */
  kubeconfig: string;
  /** Folder of keys, certificates and the components' own kubeconfigs. */
  pki: string;
  /** Folder of one log a process; it stays when the cluster is taken down. */
  logs: string;
  /** Folder of the components' config files. */
  config: string;
  /** Folder of etcd's data. */
  etcd: string;
  /** Folder of containerd's images and containers. */
  containerd: string;
  containerdSocket: string;
  kubelet: string;
  /** Folders that take the place of the machine's own for the node's processes, by its path. */
  hidden: Readonly<Record<(typeof HIDDEN)[number], string>>;
}

export function layoutOf(folder: string, logs: string): Layout {
  const at = (...parts: string[]): string => join(folder, ...parts);
  return {
    folder,
    state: at("state.json"),
    kubeconfig: at("kubeconfig"),
    pki: at("pki"),
    logs,
    config: at("config"),
    etcd: at("etcd"),
    containerd: at("containerd"),
    containerdSocket: at("containerd.sock"),
    kubelet: at("kubelet"),
    hidden: { "/run": at("run"), "/var/lib": at("var-lib"), "/var/log": at("var-log") },
  };
}

/** Paths of a certificate and its key. */
export function pair(layout: Layout, name: string): { cert: string; key: string } {
  return { cert: join(layout.pki, `${name}.crt`), key: join(layout.pki, `${name}.key`) };
}

/** Path of the certificate of a CA. */
export function ca(layout: Layout, name = "ca"): string {
  return join(layout.pki, `${name}.crt`);
}

/** Path of a component's own kubeconfig. */
export function kubeconfigOf(layout: Layout, user: string): string {
  return join(layout.pki, `${user}.kubeconfig`);
}
