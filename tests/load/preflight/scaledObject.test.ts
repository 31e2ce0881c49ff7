import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { V2HorizontalPodAutoscaler } from "@kubernetes/client-node";

import { Cluster } from "../../../load/cluster/cluster";
import { findScaledObject } from "../../../load/preflight/scaledObject";
import type { Scene } from "../../../load/watch/look";
import { kubeconfig } from "../../support/kubeconfig";
import {
  kubernetesStandIn,
  refusal,
  type ApiAnswer,
  type KubernetesStandIn,
} from "../../support/kubernetesStandIn";
import { kedaLook, recordedLook } from "../watch/looks";

const UNSEEN =
  "So it will not be seen whether KEDA falls back, and a value that it makes up then looks like one that was read.";

describe("findScaledObject", () => {
  let folder: string;
  let api: KubernetesStandIn;
  let cluster: Cluster;
  let allowed: boolean;
  let found: ApiAnswer;
  let said: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "scaled-object-"));
    api = await kubernetesStandIn(({ method }) =>
      method === "POST" ? { status: 201, body: { spec: {}, status: { allowed } } } : found,
    );
    const file = join(folder, "config");
    await writeFile(file, kubeconfig({ server: api.endpoint, ca: api.ca }));
    cluster = Cluster.of({ kubeconfig: file });
  });
  beforeEach(() => {
    allowed = true;
    found = { status: 200, body: kedaLook({ requests: 1 }).scaledObject };
    said = [];
    api.calls.length = 0;
  });
  after(async () => {
    await api.close();
    await rm(folder, { recursive: true, force: true });
  });

  const find = (
    autoscaler: V2HorizontalPodAutoscaler = kedaLook({ requests: 1 }).autoscaler,
  ): Promise<Scene["scaledObject"]> =>
    findScaledObject(cluster, "shop", autoscaler, (line) => said.push(line));

  it("is that of KEDA's autoscaler, with the names of its triggers for its metrics", async () => {
    assert.deepEqual(await find(), {
      name: "httpbin",
      metricNames: { "s2-prometheus": "requests-per-second" },
    });
    assert.deepEqual(
      api.calls.map(({ method, url }) => `${method} ${url}`),
      [
        "POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
        "GET /apis/keda.sh/v1alpha1/namespaces/shop/scaledobjects/httpbin",
      ],
    );
    assert.deepEqual(
      [JSON.parse(api.calls[0]?.body ?? ""), said],
      [
        {
          spec: {
            resourceAttributes: {
              ...{ group: "keda.sh", namespace: "shop", resource: "scaledobjects", verb: "get" },
            },
          },
        },
        [],
      ],
    );
  });

  it("is none, without a word or a question, where the autoscaler is not KEDA's", async () => {
    assert.equal(await find(recordedLook("four-pods").autoscaler), undefined);
    assert.deepEqual([said, api.calls], [[], []]);
  });

  it("is none where the user may not read it, and it is said what will not be seen", async () => {
    allowed = false;
    assert.equal(await find(), undefined);
    assert.deepEqual(said, [
      `The ScaledObject httpbin of the autoscaler cannot be read: the kubeconfig's user may not get scaledobjects.keda.sh in namespace shop. ${UNSEEN}`,
    ]);
    assert.equal(api.calls.length, 1);
  });

  it("is none where it is refused all the same, or the kind is not there", async () => {
    for (const [status, reason] of [
      [403, "Forbidden"],
      [404, "NotFound"],
    ] as const) {
      said = [];
      found = refusal(status, reason);
      assert.equal(await find(), undefined);
      assert.deepEqual(said, [
        `The ScaledObject httpbin of the autoscaler cannot be read: it answers with status ${String(status)}. ${UNSEEN}`,
      ]);
    }
  });
});
