import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { IngressProfile } from "./httpbin/ingressProfile";
import type { RequestsTrigger } from "./httpbin/requestsTrigger";

/** What a platform (a cluster and what is on it) gives to an app. */
export interface Platform {
  /** Provider through which every Kubernetes resource of the app is made. */
  readonly provider: kubernetes.Provider;

  /** What must exist before an app is made, and must still exist while it is deleted. */
  readonly prerequisites: pulumi.Resource[];

  /** What the platform tells the user, by name. */
  readonly outputs: Readonly<Record<string, pulumi.Output<string>>>;

  /**
   * How the cluster's ingress controller serves an app.
   *
   * @param namespace - Namespace of the app's Ingress.
   * @param name - Name of the app's Ingress.
   */
  ingressProfile(namespace: string, name: string): IngressProfile;

  /**
   * Where KEDA reads how many requests an app gets, at the cluster's ingress.
   *
   * @param name - Name of the app, its Service and its Ingress.
   */
  requestsTrigger(name: string, app: CountedApp): RequestsTrigger;

  /**
   * Makes an app reached by its host, as far as that is the platform's to do.
   *
   * @param name - Name of the app's Ingress.
   * @returns `https://HOST`, in an update once the app can be reached by it.
   */
  publish(name: string, app: PublishedApp): pulumi.Output<string>;
}

/** An app whose requests are counted. */
export interface CountedApp {
  /** Namespace of the app. */
  namespace: string;
  /** Host name or IP address at which the ingress controller serves it, once that is known. */
  address: pulumi.Output<string>;
}

/** Where an app is reached. */
export interface PublishedApp {
  /** DNS name under which the app is to be reached. */
  host: pulumi.Input<string>;
  /** Namespace of the app's Ingress. */
  namespace: pulumi.Input<string>;
  /** Host name or IP address at which the ingress controller serves it. */
  address: pulumi.Output<string>;
}
