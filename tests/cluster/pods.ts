import type { Manifest } from "../../sandbox/cluster/manifests";

/** Image that the suite makes: Debian's static busybox and nothing else. */
export const IMAGE = "localhost/k8s-test/busybox:1";

/** A namespace that takes no pod that is not `restricted`. */
export function restrictedNamespace(name: string): Manifest {
  const labels = { "pod-security.kubernetes.io/enforce": "restricted" };
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

/** A pod that serves its own name on port 8080, as Pod Security `restricted` wants it. */
export function webPod(namespace: string, name: string, spec: object = {}): Manifest {
  const serve = `mkdir /www/web && echo ${name} > /www/web/index.html && exec httpd -f -p 8080 -h /www/web`;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 65532,
        fsGroup: 65532,
        seccompProfile: { type: "RuntimeDefault" },
      },
      containers: [
        {
          name: "web",
          image: IMAGE,
          command: ["/bin/busybox", "sh", "-c", serve],
          resources: { requests: { cpu: "20m", memory: "16Mi" } },
          securityContext: {
            allowPrivilegeEscalation: false,
            capabilities: { drop: ["ALL"] },
            readOnlyRootFilesystem: true,
          },
          volumeMounts: [{ name: "www", mountPath: "/www" }],
        },
      ],
      volumes: [{ name: "www", emptyDir: {} }],
      terminationGracePeriodSeconds: 0,
      ...spec,
    },
  };
}

/** A service in front of a pod; also on a port of the node where one is given. */
export function webService(namespace: string, name: string, nodePort?: number): Manifest {
  const port = { port: 80, targetPort: 8080 };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace },
    spec: {
      selector: { app: name },
      ...(nodePort === undefined
        ? { ports: [port] }
        : { type: "NodePort", ports: [{ ...port, nodePort }] }),
    },
  };
}
