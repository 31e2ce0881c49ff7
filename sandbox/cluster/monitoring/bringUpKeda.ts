import { readFile } from "node:fs/promises";

import type { ApiClient } from "../apiClient";
import type { Bringing } from "../bringUp";
import { ca } from "../layout";
import { until } from "../readiness";
import { kedaMetricsApiserver, kedaOperator, prepareKeda } from "./keda";
import { EXTERNAL_METRICS, kedaManifests } from "./manifests";

export interface KedaPlace {
  nodes: "real" | "simulated";
  /** What enters the node. @default nothing, as where nodes are simulated */
  prefix?: readonly string[];
  /** Variables of the operator on top of its own, such as a cloud sets in its pod. @default none */
  environment?: Readonly<Record<string, string>>;
}

/** Starts KEDA, and waits until an autoscaler could read a metric of it. */
export async function bringUpKeda(
  bringing: Bringing,
  { nodes, prefix = [], environment = {} }: KedaPlace,
): Promise<void> {
  const { setting, tools, starter, api } = bringing;
  const { layout, topology } = setting;
  await prepareKeda(layout);
  const caBundle = await readFile(ca(layout), "utf8");
  await bringing.apply(await kedaManifests(tools, topology, caBundle, nodes), "objects of KEDA");
  const operator = kedaOperator(setting);
  await Promise.all([
    bringing.start(
      { ...operator, environment: { ...operator.environment, ...environment } },
      prefix,
    ),
    bringing.start(kedaMetricsApiserver(setting), prefix),
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
