import { UserError } from "../../host/userError";
import type { Cluster } from "../cluster/cluster";

/** Something that a user may do or not. */
interface Permission {
  verb: string;
  group?: string;
  resource: string;
  subresource?: string;
}

/** All that the load test does, in the namespace of the app. */
export const NEEDED: readonly Permission[] = [
  { verb: "get", resource: "services" },
  { verb: "get", group: "autoscaling", resource: "horizontalpodautoscalers" },
  { verb: "list", resource: "pods" },
  { verb: "list", group: "discovery.k8s.io", resource: "endpointslices" },
  { verb: "list", resource: "events" },
  { verb: "get", resource: "pods", subresource: "log" },
  { verb: "list", group: "batch", resource: "jobs" },
  { verb: "create", group: "batch", resource: "jobs" },
  { verb: "delete", group: "batch", resource: "jobs" },
];

/** What the load test does without where it may not, and says so: only KEDA's autoscalers have one. */
export const READ_SCALED_OBJECTS: Permission = {
  verb: "get",
  group: "keda.sh",
  resource: "scaledobjects",
};

const LIST_INGRESSES = { verb: "list", group: "networking.k8s.io", resource: "ingresses" };

/** @throws UserError that names all that the kubeconfig's user lacks. */
export async function checkPermissions(
  cluster: Cluster,
  namespace: string,
  through: "service" | "ingress",
): Promise<void> {
  const needed = through === "ingress" ? [...NEEDED, LIST_INGRESSES] : NEEDED;
  const allowed = await Promise.all(needed.map((one) => mayDo(cluster, namespace, one)));
  const missing = needed.filter((_, index) => allowed[index] !== true).map(words);
  if (missing.length === 0) return;
  throw new UserError(
    `The kubeconfig's user may not ${missing.join(", ")} in namespace ${namespace}, and the load test needs it. Use one that may, or have a Role with this bound to it.`,
  );
}

/** Whether the kubeconfig's user may do something in a namespace. */
export async function mayDo(
  cluster: Cluster,
  namespace: string,
  { verb, group = "", resource, subresource }: Permission,
): Promise<boolean> {
  const resourceAttributes = {
    namespace,
    verb,
    group,
    resource,
    ...(subresource && { subresource }),
  };
  const { status } = await cluster.authorization.createSelfSubjectAccessReview({
    body: { spec: { resourceAttributes } },
  });
  return status?.allowed ?? false;
}

/** As RBAC spells it: "create jobs.batch". */
export function words({ verb, group, resource, subresource }: Permission): string {
  const whole = subresource === undefined ? resource : `${resource}/${subresource}`;
  return `${verb} ${whole}${group === undefined ? "" : `.${group}`}`;
}
