import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** How one kind of ingress controller serves an app. Plain data: no callbacks, no unions. */
export interface IngressProfile {
  /** IngressClass that the Ingress names. */
  className: string;

  /** Annotations of the Ingress, read by the controller and by cert-manager. */
  annotations: Record<string, pulumi.Input<string>>;

  /**
   * Whether the Ingress names a TLS Secret. True where the controller terminates TLS with a
   * Secret; false where the load balancer brings its own certificate.
   */
  usesTlsSecret: boolean;

  /** Where the controller's requests come from: let in by the NetworkPolicy. */
  peers: pulumi.Input<kubernetes.types.input.networking.v1.NetworkPolicyPeer[]>;

  /**
   * Seconds for which a pod that is going away still serves, so that the controller has time to
   * stop sending it requests.
   */
  drainSeconds: number;

  /** Labels that the controller reads of the Ingress' namespace. */
  namespaceLabels: Record<string, string>;

  /** Objects that the controller wants beside the Ingress, made in the Ingress' namespace. */
  companions: CompanionObject[];
}

/** A namespaced object of a custom kind. */
export interface CompanionObject {
  apiVersion: string;
  kind: string;
  /** Name of the object; unique among those of its kind in the namespace. */
  name: string;
  spec: Record<string, unknown>;
}
