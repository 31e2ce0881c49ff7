import { podSecurityContext, containerSecurityContext } from "../../components/httpbin/podSecurity";
import type { Manifest } from "../../sandbox/cluster/manifests";

const PYTHON = "/usr/bin/python3.13";

/** A pod that waits until it is told whom to ask. Its image is httpbin's, which is on the node. */
export function asker(
  namespace: string,
  name: string,
  image: string,
  labels: Record<string, string> = {},
): Manifest {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels },
    spec: {
      automountServiceAccountToken: false,
      securityContext: podSecurityContext,
      containers: [
        {
          name: "asker",
          image,
          command: [PYTHON, "-c", "import time; time.sleep(3600)"],
          securityContext: containerSecurityContext,
        },
      ],
      terminationGracePeriodSeconds: 0,
    },
  };
}

/** The command by which a container with Python tries a TCP connection; it prints what comes of it. */
export function tryConnection(host: string, port: number): string[] {
  const lines = [
    "import socket",
    `try: socket.create_connection(('${host}', ${String(port)}), 2); print('connected')`,
    "except ConnectionRefusedError: print('refused')",
  ];
  return [PYTHON, "-c", lines.join("\n")];
}
