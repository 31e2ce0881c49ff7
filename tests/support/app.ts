import * as kubernetes from "@pulumi/kubernetes";

import { HttpbinApp, type HttpbinAppArgs } from "../../components/httpbin/httpbinApp";
import type { IngressProfile } from "../../components/httpbin/ingressProfile";
import { runProgram, type ProgramOptions, type ProgramResult } from "./program";

/** An ingress profile of no controller in particular. */
export const profile: IngressProfile = {
  className: "any",
  annotations: { "example.com/note": "kept" },
  usesTlsSecret: true,
  peers: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress" } } }],
  drainSeconds: 7,
  namespaceLabels: { "example.com/gate": "on" },
  companions: [],
};

/**
 * Runs a stack with one app in it, or with one for each name; `args` may go by the name.
 *
 * @param outputs - What resources have beside their inputs, by type.
 */
export function runApp(
  args: Partial<HttpbinAppArgs> | ((name: string) => Partial<HttpbinAppArgs>) = {},
  names: string[] = ["httpbin"],
  outputs: NonNullable<ProgramOptions["outputs"]> = {},
): Promise<ProgramResult> {
  const program = (): Promise<object> => {
    const provider = new kubernetes.Provider("cluster", { kubeconfig: "{}" });
    const apps = names.map(
      (name) =>
        new HttpbinApp(
          name,
          {
            host: `${name}.example.com`,
            ingress: profile,
            ...(typeof args === "function" ? args(name) : args),
          },
          { provider, dependsOn: provider },
        ),
    );
    return Promise.resolve({
      apps: apps.map(({ url, namespace, serviceName, autoscalerName }) => ({
        url,
        namespace,
        serviceName,
        autoscalerName,
      })),
    });
  };
  return runProgram(program, { outputs });
}
