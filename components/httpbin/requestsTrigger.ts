import type * as pulumi from "@pulumi/pulumi";

/** Where KEDA reads how many requests an app gets. Plain data: no callbacks, no unions. */
export interface RequestsTrigger {
  /** KEDA's scaler, such as `prometheus`. */
  type: string;

  /** What the scaler is told, but for the target. */
  metadata: Record<string, pulumi.Input<string>>;

  /** Key of the metadata that takes the target. */
  targetKey: string;

  /** What the metric shows per request per second: 1, or 60 where it counts requests per minute. */
  valuePerRequest: number;

  /** Spec of a TriggerAuthentication, in an app's namespace. @default the scaler asks without one */
  authentication?: Record<string, unknown>;
}
