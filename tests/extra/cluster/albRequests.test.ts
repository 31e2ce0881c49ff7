import { strict as assert } from "node:assert";

import { REQUESTS_DEFAULTS } from "../../../components/httpbin/scaledObject";
import { kedaPolicy } from "../../../components/live/kedaAccess";
import { until } from "../../../sandbox/cluster/readiness";
import type { ApiClient } from "../../../sandbox/providers/kubernetes/apiClient";
import {
  at,
  numberAt,
  objectsAt,
  textAt,
  type JsonObject,
} from "../../../sandbox/providers/skeleton/json";
import { sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { prepareStack } from "../../../sandbox/stack/upStack";
import { clientOf } from "../../support/client";
import { cloudWatchStandIn, type CloudWatchStandIn } from "../../support/cloudWatchStandIn";
import { startPulumi } from "../../support/engine";
import { kedaBeside } from "../../support/kedaBeside";
import { MINUTE_MS, type Metric } from "../../support/metricStore";
import { ownStateFolder } from "../../support/ownStateFolder";

const NAME = "alb-requests";
const STACK = "live";
const REGION = "eu-central-1";

/** As Pulumi.live.yaml has it. */
const MIN_PODS = 2;

/** Requests per second and pod that are aimed at, and what CloudWatch shows where there are as many. */
const TARGET = 50;
const TARGET_PER_MINUTE = TARGET * 60;

/** Requests in a minute that ask for four pods. */
const LOAD = 3.4 * TARGET_PER_MINUTE;

/** Failed readings that are too few to fall back, where the config says nothing of it. */
const FAILURE_THRESHOLD = REQUESTS_DEFAULTS.failureThreshold;

/** Name that KEDA gives the metric: that of the third trigger. */
const METRIC = "s2-aws-cloudwatch";

const HTTPBIN = "namespaces/httpbin";
const AUTOSCALERS = `/apis/autoscaling/v2/${HTTPBIN}/horizontalpodautoscalers`;
const SCALED_OBJECT = `/apis/keda.sh/v1alpha1/${HTTPBIN}/scaledobjects/httpbin`;
const READING = `/apis/external.metrics.k8s.io/v1beta1/${HTTPBIN}/${METRIC}?labelSelector=scaledobject.keda.sh%2Fname%3Dhttpbin`;

describe("Requests per second in the cloud: the real KEDA, with CloudWatch simulated", () => {
  const state = ownStateFolder(NAME);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  let place: Place;
  let client: ApiClient;
  let aws: CloudWatchStandIn;
  /** Requests to the app's target group, as its load balancer publishes them. */
  let requests: Metric;

  const pulumi = async (...args: string[]): Promise<string> => {
    const { folders, env } = place.engine;
    const running = await startPulumi([...args, "--stack", STACK], { cwd: folders.project, env });
    const { exitCode, all } = await running.result;
    assert.equal(exitCode, 0, all);
    return all;
  };
  const get = (path: string): Promise<JsonObject> => client.call({ path });
  const autoscaler = (): Promise<JsonObject> => get(`${AUTOSCALERS}/keda-hpa-httpbin`);
  /** How many pods the autoscaler wants, and what it reads for each of those that there are. */
  const wanted = async (): Promise<[pods: number | undefined, each: string | undefined]> => {
    const status = at(await autoscaler(), "status");
    const metric = objectsAt(status, "currentMetrics").find(
      (one) => textAt(one, "external", "metric", "name") === METRIC,
    );
    return [
      numberAt(status, "desiredReplicas"),
      textAt(metric, "external", "current", "averageValue"),
    ];
  };
  const untilWanted = (pods: number, each: string): Promise<void> =>
    until(`${String(pods)} pods are wanted, at ${each} each`, async () => {
      return (await wanted()).join() === [pods, each].join();
    });
  const readyPods = async (): Promise<number | undefined> =>
    numberAt(await get(`/apis/apps/v1/${HTTPBIN}/deployments/httpbin`), "status", "readyReplicas");
  /** A reading as the autoscaler makes one. */
  const read = async (): Promise<string | undefined> =>
    textAt(await get(READING), "items", 0, "value");
  const condition = async (type: string): Promise<string> =>
    conditionIn(await get(SCALED_OBJECT), type);
  /** Events of the app's namespace, as `KIND REASON: MESSAGE`. */
  const events = async (): Promise<string[]> =>
    objectsAt(await get(`/api/v1/${HTTPBIN}/events`), "items").map((event) => {
      const [kind, reason] = [textAt(event, "involvedObject", "kind"), textAt(event, "reason")];
      return `${kind ?? ""} ${reason ?? ""}: ${textAt(event, "message") ?? ""}`;
    });
  const untilEvent = (expected: RegExp): Promise<void> =>
    until(`an event ${String(expected)}`, async () => {
      return (await events()).some((event) => expected.test(event));
    });

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("60m");
    const options = { name: NAME, stack: STACK, tier: "cluster", install: false, say } as const;
    place = await sandboxPlace(options);
    client = clientOf(place.target.kubeconfigPath);
    aws = await cloudWatchStandIn(state.path(), [kedaPolicy(REGION)]);
    await Promise.all([
      kedaBeside(NAME, aws.environment, say),
      prepareStack(place, { stack: STACK, say }),
    ]);
    const set = ["config", "set", "--path"];
    await pulumi(...set, "app.autoscaling.requestsPerSecond.target", String(TARGET));
    await pulumi(...set, "monitoring.keda", "existing");
  });
  after(async () => {
    // Unset where the cluster did not come up.
    await (aws as CloudWatchStandIn | undefined)?.close();
  });

  it("is made by the stack as it is, and taken by KEDA: its autoscaler is there instead of the app's own", async () => {
    await pulumi("up", "--yes", "--skip-preview");
    const names = objectsAt(await get(AUTOSCALERS), "items").map((one) =>
      textAt(one, "metadata", "name"),
    );
    assert.deepEqual(names, ["keda-hpa-httpbin"]);
    assert.equal(await condition("Ready"), "True ScaledObjectReady");
    const metrics = objectsAt(await autoscaler(), "spec", "metrics");
    const external = metrics.find((one) => textAt(one, "type") === "External");
    assert.deepEqual(at(external, "external"), {
      metric: {
        name: METRIC,
        selector: { matchLabels: { "scaledobject.keda.sh/name": "httpbin" } },
      },
      target: { type: "AverageValue", averageValue: "3k" },
    });
  });

  it("asks as the role that Pod Identity gives its operator, in the region of the trigger", async () => {
    await until("CloudWatch is asked", () => Promise.resolve(aws.calls.length > 0));
    assert.ok(aws.identified > 0);
    const { accessKeyId, sessionToken, region, service, operation } = aws.calls[0] ?? assert.fail();
    assert.deepEqual(
      { accessKeyId, sessionToken, region, service, operation },
      {
        accessKeyId: "ASIASTANDIN",
        sessionToken: "the session of the operator",
        region: REGION,
        service: "monitoring",
        operation: "GetMetricData",
      },
    );
  });

  it("asks for the sum of the requests to the app's target group in each of the last three whole minutes", async () => {
    const trigger = objectsAt(await get(SCALED_OBJECT), "spec", "triggers")[2];
    const [LoadBalancer = "", TargetGroup = "", ...more] = (
      textAt(trigger, "metadata", "dimensionValue") ?? ""
    ).split(";");
    assert.match(LoadBalancer, /^app\/[^/]+\/[0-9a-f]{16}$/);
    assert.match(TargetGroup, /^targetgroup\/[^/]+\/[0-9a-f]{16}$/);
    assert.deepEqual(more, []);
    requests = {
      namespace: "AWS/ApplicationELB",
      name: "RequestCount",
      dimensions: { LoadBalancer, TargetGroup },
    };
    const { input, at: asked } = aws.calls[0] ?? assert.fail();
    const { StartTime, EndTime, ...rest } = input;
    assert.equal(EndTime.getTime(), minute(0, asked).getTime());
    assert.equal(StartTime.getTime(), minute(-3, asked).getTime());
    assert.deepEqual(rest, {
      ScanBy: "TimestampDescending",
      MetricDataQueries: [
        {
          Id: "c1",
          MetricStat: {
            Metric: {
              Namespace: requests.namespace,
              MetricName: requests.name,
              Dimensions: Object.entries(requests.dimensions).map(([Name, Value]) => ({
                Name,
                Value,
              })),
            },
            Period: 60,
            Stat: "Sum",
          },
          ReturnData: true,
        },
      ],
    });
  });

  it("is left as it is by the next update", async () => {
    assert.match(await pulumi("preview", "--expect-no-changes"), /Resources:\n +\d+ unchanged/);
  });

  it("takes no data for no request: as many pods as there are at least", async () => {
    assert.equal(await read(), "0");
    await untilWanted(MIN_PODS, "0");
    assert.equal(await condition("Fallback"), "False NoFallbackFound");
  });

  it("goes by the newest minute that there is, also where the last one is late", async () => {
    aws.metrics.publish(requests, minute(-3), 60);
    aws.metrics.publish(requests, minute(-2), 120);
    assert.equal(await read(), "120");
    aws.metrics.clear();
    // What belongs to another target group of the same load balancer is not the app's.
    const dimensions = { ...requests.dimensions, TargetGroup: "targetgroup/another/1" };
    aws.metrics.publish({ ...requests, dimensions }, minute(-1), LOAD);
    assert.equal(await read(), "0");
  });

  it("wants pods for all requests together, and no more of them however often it reads the same", async () => {
    for (let ahead = -1; ahead <= 10; ahead++) {
      aws.metrics.publish(requests, minute(ahead), LOAD);
    }
    await until("there are 4 ready pods", async () => (await readyPods()) === 4);
    // Read again with four pods there: the sum is shared among them, and asks for no fifth one.
    await untilWanted(4, "2550");
  });

  it("holds the pods where it may not read, and says so at the autoscaler and the ScaledObject", async () => {
    aws.policies = [];
    await untilEvent(/^HorizontalPodAutoscaler FailedGetExternalMetric: /);
    await untilEvent(
      /^ScaledObject KEDAScalerFailed: .*StatusCode: 403.* api error AccessDenied: .*not authorized to perform: cloudwatch:GetMetricData/,
    );
    assert.equal(await readyPods(), 4);
    assert.equal(await condition("Ready"), "True ScaledObjectReady");
  });

  it("falls back to as many pods as there are, after more failures than the threshold", async () => {
    for (let isBack = false; !isBack;) {
      // The autoscaler's own readings count as well; these are only sooner.
      await read().catch(() => undefined);
      const scaledObject = await get(SCALED_OBJECT);
      const failures = numberAt(scaledObject, "status", "health", METRIC, "numberOfFailures") ?? 0;
      isBack = conditionIn(scaledObject, "Fallback") === "True FallbackExists";
      assert.equal(isBack, failures > FAILURE_THRESHOLD, String(failures));
    }
    assert.equal(await read(), "12k");
    await untilWanted(4, "3k");
    assert.equal(await readyPods(), 4);
  });

  it("reads again by itself once it may", async () => {
    aws.policies = [kedaPolicy(REGION)];
    await untilWanted(4, "2550");
    assert.equal(await condition("Fallback"), "False NoFallbackFound");
  });

  it("asks nothing but what its policy lets it ask", () => {
    assert.deepEqual([...new Set(aws.calls.map(({ operation }) => operation))], ["GetMetricData"]);
    const allowed = aws.calls.filter(({ decision }) => decision === "Allowed");
    assert.ok(allowed.length > 0 && allowed.length < aws.calls.length);
  });
});

/** A condition of a ScaledObject, as `STATUS REASON`. */
function conditionIn(scaledObject: JsonObject, type: string): string {
  const conditions = objectsAt(scaledObject, "status", "conditions");
  const found = conditions.find((one) => textAt(one, "type") === type);
  return [textAt(found, "status"), textAt(found, "reason")].join(" ");
}

/** The whole minute that a time is in, or one that lies some of them ahead. */
function minute(ahead: number, time = new Date()): Date {
  return new Date((Math.floor(time.getTime() / MINUTE_MS) + ahead) * MINUTE_MS);
}
