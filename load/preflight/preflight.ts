import type { V1Service, V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { UserError } from "../../host/userError";
import { reasonOf } from "../cluster/apiErrors";
import type { Cluster } from "../cluster/cluster";
import type { Target } from "../record";
import type { Scene } from "../watch/look";
import { findObjects, type Names } from "./objects";
import { checkPermissions } from "./permissions";
import { findScaledObject } from "./scaledObject";
import { checkMetricsApi, rangeProblem, sizeProblem, untilActive } from "./scaling";
import { ingressUrl } from "./ingressUrl";

export interface PreflightArgs extends Names {
  path: string;
  through: "service" | "ingress";
  /** Where the Ingress serves the app, if that is known: else its own hosts are looked up. */
  publicUrl?: string;
}

/** What is put under load, after all that could be wrong with it has been looked at. */
export interface Ready {
  target: Target;
  scene: Scene;
  autoscaler: V2HorizontalPodAutoscaler;
}

/**
 * Looks at everything that a load needs, before any is made.
 *
 * @throws UserError where it would show nothing, or may not be made.
 */
export async function preflight(
  cluster: Cluster,
  args: PreflightArgs,
  waiting: { signal?: AbortSignal; say: (line: string) => void },
): Promise<Ready> {
  const { namespace, path, through, publicUrl } = args;
  const kubernetes = await versionOf(cluster);
  await checkPermissions(cluster, namespace, through);
  const { service, autoscaler } = await findObjects(cluster, args);
  const url =
    through === "ingress"
      ? `${publicUrl ?? (await ingressUrl(cluster, namespace, args.service))}${path}`
      : `http://${args.service}${portOf(service)}${path}`;
  const podSelector = selectorOf(service);
  refuse(rangeProblem(autoscaler));
  await checkMetricsApi(cluster, autoscaler);
  const active = await untilActive(cluster, args, waiting);
  refuse(sizeProblem(active));
  const scaledObject = await findScaledObject(cluster, namespace, active, waiting.say);
  const { minReplicas = 1, maxReplicas = 1 } = active.spec ?? {};
  const names = { namespace, service: args.service, autoscaler: args.autoscaler };
  return {
    target: { ...names, minReplicas, maxReplicas, url, kubernetes },
    scene: { ...names, podSelector, ...(scaledObject && { scaledObject }) },
    autoscaler: active,
  };
}

async function versionOf(cluster: Cluster): Promise<string> {
  try {
    return (await cluster.version.getCode()).gitVersion;
  } catch (error) {
    throw new UserError(
      `The cluster at ${cluster.server} does not answer: ${reasonOf(error)}. See that it runs, and that --kubeconfig and --context are the ones that you mean.`,
    );
  }
}

/** Port as a URL has it: that of the Service, which need not be 80. */
function portOf({ spec }: V1Service): string {
  const [port] = spec?.ports ?? [];
  return port === undefined || port.port === 80 ? "" : `:${String(port.port)}`;
}

function selectorOf({ metadata, spec }: V1Service): string {
  const labels = Object.entries(spec?.selector ?? {});
  if (labels.length > 0) return labels.map(([key, value]) => `${key}=${value}`).join(",");
  throw new UserError(
    `The service ${metadata?.name ?? ""} has no selector, so that it cannot be told which pods are behind it. Give one that has to --service.`,
  );
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new UserError(problem);
}
