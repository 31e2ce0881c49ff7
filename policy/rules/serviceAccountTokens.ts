import { at, given, is, UNKNOWN } from "../inputs";
import type { RegisteredResource, ResourceRule } from "../rule";
import { podSpecOf, WORKLOADS } from "../workloads";

const ACCOUNT = "kubernetes:core/v1:ServiceAccount";

/** No pod has a way to the API that it does not use. */
export const serviceAccountTokens: ResourceRule = {
  name: "service-account-tokens",
  demands: "Pods have a service account of their own, and no token for the API.",
  why: "who gets into a pod with a token speaks to the API as that pod",
  allowed: "a serviceAccountName other than default, automountServiceAccountToken false on both",
  mend: () => "as components/httpbin/httpbinApp.ts and components/httpbin/workload.ts do",
  cis: ["4.1.5", "4.1.6"],
  types: [...WORKLOADS, ACCOUNT],
  judge: (resource) => (resource.type === ACCOUNT ? token(resource.inputs) : ofPods(resource)),
};

function ofPods(resource: RegisteredResource): string[] {
  const pod = podSpecOf(resource);
  const account = at(pod, "serviceAccountName");
  const isOwn = account === UNKNOWN || (account !== undefined && account !== "default");
  return [...(isOwn ? [] : [given("serviceAccountName", account)]), ...token(pod)];
}

/** A token is mounted unless told otherwise. */
function token(value: Parameters<typeof at>[0]): string[] {
  const mounted = at(value, "automountServiceAccountToken");
  return is(mounted, false) ? [] : [given("automountServiceAccountToken", mounted)];
}
