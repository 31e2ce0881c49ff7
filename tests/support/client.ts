import { ApiClient } from "../../sandbox/providers/kubernetes/apiClient";
import { loadAccess } from "../../sandbox/providers/kubernetes/kubeconfig";
import { readSettings } from "../../sandbox/providers/kubernetes/settings";

/** A client of the cluster of a kubeconfig. */
export function clientOf(kubeconfig: string): ApiClient {
  return new ApiClient(loadAccess(readSettings({ kubeconfig }, {})));
}
