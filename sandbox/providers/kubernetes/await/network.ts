import { at, isObject, objectsAt, textAt, type JsonObject } from "../../skeleton/json";
import { READY, waiting, type Neighbours, type Readiness } from "./readiness";

/** Pods behind it, and an address from outside where one is asked for. */
export async function service(object: JsonObject, near: Neighbours): Promise<Readiness> {
  const type = textAt(object, "spec", "type") ?? "ClusterIP";
  if (type === "ExternalName") return READY;
  if (type === "LoadBalancer" && !hasAddress(object)) {
    return waiting("an address of the load balancer", [
      "nothing has given the Service an address: does the cluster have a load balancer controller?",
    ]);
  }
  const selector = at(object, "spec", "selector");
  const isHeadless = textAt(object, "spec", "clusterIP") === "None";
  if (isHeadless || !isObject(selector) || Object.keys(selector).length === 0) return READY;

  const name = textAt(object, "metadata", "name") ?? "";
  const slices = await near.list("discovery.k8s.io/v1", "EndpointSlice", {
    "kubernetes.io/service-name": name,
  });
  const endpoints = slices.flatMap((slice) => objectsAt(slice, "endpoints"));
  if (endpoints.some((endpoint) => at(endpoint, "conditions", "ready") !== false)) return READY;
  const labels = Object.entries(selector as Record<string, string>).map(
    ([key, value]) => `${key}=${value}`,
  );
  return waiting("a ready pod behind the Service", [
    endpoints.length > 0
      ? `none of the ${String(endpoints.length)} pods with ${labels.join(",")} is ready`
      : `no pod has the labels ${labels.join(",")}`,
  ]);
}

/** An address, which its controller gives it. */
export async function ingress(object: JsonObject, near: Neighbours): Promise<Readiness> {
  if (hasAddress(object)) return READY;
  const className = textAt(object, "spec", "ingressClassName");
  const names = new Set(
    objectsAt(object, "spec", "rules")
      .flatMap((rule) => objectsAt(rule, "http", "paths"))
      .map((path) => textAt(path, "backend", "service", "name"))
      .filter((name) => name !== undefined),
  );
  const missing: string[] = [];
  for (const name of names) {
    if ((await near.get("v1", "Service", name)) === undefined) missing.push(name);
  }
  const hasClass =
    className === undefined ||
    (await near.get("networking.k8s.io/v1", "IngressClass", className)) !== undefined;
  return waiting("an address of the ingress", [
    ...missing.map((name) => `there is no Service "${name}" for it to lead to`),
    ...(hasClass ? [] : [`there is no IngressClass "${className}"`]),
    "no ingress controller has given it an address (status.loadBalancer)",
  ]);
}

function hasAddress(object: JsonObject): boolean {
  return objectsAt(object, "status", "loadBalancer", "ingress").length > 0;
}
