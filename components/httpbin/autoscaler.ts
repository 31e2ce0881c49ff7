import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { autoscalerSpec, type AutoscalingArgs } from "./autoscaling";
import type { RequestsTrigger } from "./requestsTrigger";
import { kedaAutoscalerName, scaledObjectSpec } from "./scaledObject";

const KEDA = "keda.sh/v1alpha1";

/** Longest that an update waits for KEDA to have made its autoscaler, in seconds. */
const KEDA_WAIT_SECONDS = 120;

export interface AutoscalerArgs {
  metadata: kubernetes.types.input.meta.v1.ObjectMeta;
  /** Deployment that is scaled. */
  deployment: pulumi.Output<string>;
  autoscaling: AutoscalingArgs;
  /** Where requests are counted; needed where `autoscaling.requestsPerSecond` is given. */
  trigger?: RequestsTrigger | undefined;
}

/**
 * What scales the app: an autoscaler of its own; or, on requests per second, a ScaledObject in its
 * place, of which KEDA makes one. Never both.
 *
 * Pods are kept where one takes the other's place in a running stack. The engine makes what is new
 * first, and here waits until KEDA has its autoscaler; it deletes what is no longer declared at the end
 * of the update. In between there are two autoscalers of different names, and Kubernetes lets neither
 * scale (reason `AmbiguousSelector`): the number of pods is held, and nobody fights. Neither deletion
 * touches the Deployment, which says nothing of replicas.
 *
 * @returns name of the HorizontalPodAutoscaler that drives the pods, once it is there.
 */
export function autoscaler(
  name: string,
  { metadata, deployment, autoscaling, trigger }: AutoscalerArgs,
  child: pulumi.CustomResourceOptions,
): pulumi.Output<string> {
  const { requestsPerSecond } = autoscaling;
  if (requestsPerSecond === undefined || trigger === undefined) {
    const own = new kubernetes.autoscaling.v2.HorizontalPodAutoscaler(
      name,
      { metadata, spec: autoscalerSpec(deployment, autoscaling) },
      child,
    );
    return own.metadata.name;
  }

  const authentication =
    trigger.authentication &&
    new kubernetes.apiextensions.CustomResource(
      `${name}-requests`,
      { apiVersion: KEDA, kind: "TriggerAuthentication", metadata, spec: trigger.authentication },
      child,
    );
  const scaledObject = new kubernetes.apiextensions.CustomResource(
    name,
    {
      apiVersion: KEDA,
      kind: "ScaledObject",
      metadata: {
        ...metadata,
        annotations: {
          "pulumi.com/waitFor": "condition=Ready",
          "pulumi.com/timeoutSeconds": String(KEDA_WAIT_SECONDS),
        },
      },
      spec: scaledObjectSpec({
        name,
        deployment,
        autoscaling,
        requests: requestsPerSecond,
        trigger,
        ...(authentication && { authentication: authentication.metadata.name }),
      }),
    },
    child,
  );
  return scaledObject.metadata.name.apply(kedaAutoscalerName);
}
