import { readFile } from "node:fs/promises";

import type { ApiClient } from "../apiClient";
import type { Bringing } from "../bringUp";
import { ca } from "../layout";
import { until } from "../readiness";
import { kedaMetricsApiserver, kedaOperator, prepareKeda } from "./keda";
import { EXTERNAL_METRICS, monitoringManifests } from "./manifests";
import { prometheus } from "./prometheus";

/**
 * Starts KEDA and Prometheus, and waits until an autoscaler could read a metric of KEDA's.
 *
 * @param prefix What enters the node.
 */
export async function bringUpMonitoring(
  bringing: Bringing,
  prefix: readonly string[],
): Promise<void> {
  const { setting, tools, starter, api } = bringing;
  const { layout, topology } = setting;
  await prepareKeda(layout);
  await Promise.all([
    bringing.start(prometheus(setting), prefix),
    readFile(ca(layout), "utf8")
      .then((caBundle) => monitoringManifests(tools, topology, caBundle))
      .then((manifests) => bringing.apply(manifests, "objects of the monitoring"))
      .then(() =>
        Promise.all([
          bringing.start(kedaOperator(setting), prefix),
          bringing.start(kedaMetricsApiserver(setting), prefix),
        ]),
      ),
  ]);
  await until(`the API ${EXTERNAL_METRICS} is available`, () => isAvailable(api), starter.signal);
  starter.note("metrics API of KEDA");
}

interface ApiService {
  status?: { conditions?: { type: string; status: string }[] };
}

async function isAvailable(api: ApiClient): Promise<boolean> {
  const path = `/apis/apiregistration.k8s.io/v1/apiservices/${EXTERNAL_METRICS}`;
  const found = await api.object<ApiService>(path).catch(() => undefined);
  const { conditions = [] } = found?.status ?? {};
  return conditions.some(({ type, status }) => type === "Available" && status === "True");
}
