import type { ConfigFile, Setting } from "../component";

/** The pods' network: a bridge in the node's network namespace, without a way out of it. */
export function cniConfig({ layout, topology }: Setting): ConfigFile {
  const conflist = {
    cniVersion: "1.0.0",
    name: "sandbox",
    plugins: [
      {
        type: "bridge",
        bridge: "cni0",
        isGateway: true,
        ipMasq: false,
        hairpinMode: true,
        ipam: {
          type: "host-local",
          ranges: [[{ subnet: topology.podCidr }]],
          routes: [{ dst: "0.0.0.0/0" }],
        },
      },
      { type: "portmap", capabilities: { portMappings: true } },
      // Network policies are enforced for IPv4: by link-local addresses pods would get round them.
      { type: "tuning", sysctl: { "net.ipv6.conf.eth0.disable_ipv6": "1" } },
    ],
  };
  const path = `${layout.config}/cni/10-sandbox.conflist`;
  return { path, text: `${JSON.stringify(conflist, undefined, 2)}\n` };
}
