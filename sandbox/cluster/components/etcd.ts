import { flags, type Component, type Setting } from "../component";
import { ca, pair } from "../layout";

/** The store. It listens on loopback only and asks every client for a certificate of its own CA. */
export function etcd({ layout, topology: { address, ports } }: Setting): Component {
  const { cert, key } = pair(layout, "etcd");
  const authority = ca(layout, "etcd-ca");
  const client = `https://127.0.0.1:${String(ports.etcd)}`;
  const peer = `https://127.0.0.1:${String(ports.etcdPeer)}`;
  const health = `http://${address}:${String(ports.etcdHealth)}`;
  return {
    name: "etcd",
    tool: "etcd",
    args: flags({
      name: "sandbox",
      "data-dir": layout.etcd,
      "listen-client-urls": client,
      "advertise-client-urls": client,
      "listen-peer-urls": peer,
      "initial-advertise-peer-urls": peer,
      "initial-cluster": `sandbox=${peer}`,
      "listen-metrics-urls": health,
      "cert-file": cert,
      "key-file": key,
      "client-cert-auth": true,
      "trusted-ca-file": authority,
      "peer-cert-file": cert,
      "peer-key-file": key,
      "peer-client-cert-auth": true,
      "peer-trusted-ca-file": authority,
      // The data is thrown away with the cluster: a power cut may cost it.
      "unsafe-no-fsync": true,
      "log-level": "warn",
    }),
    ready: { url: `${health}/readyz` },
  };
}
