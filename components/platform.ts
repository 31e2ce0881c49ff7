import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { IngressProfile } from "./httpbin/ingressProfile";

/** What a platform (a cluster and what is on it) gives to an app. */
export interface Platform {
  /** Provider through which every Kubernetes resource of the app is made. */
  readonly provider: kubernetes.Provider;

  /** What must exist before an app is made, and must still exist while it is deleted. */
  readonly prerequisites: pulumi.Resource[];

  /**
   * How the cluster's ingress controller serves an app.
   *
   * @param namespace - Namespace of the app's Ingress.
   * @param name - Name of the app's Ingress.
   */
  ingressProfile(namespace: string, name: string): IngressProfile;
}
