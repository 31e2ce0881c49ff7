import { strict as assert } from "node:assert";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { RECORD_FILE } from "../../../load/keepRecord";
import type { LoadRecord } from "../../../load/record";
import { checkByRequestsAlone } from "../../../sandbox/bench/scaleOut";
import { APP_HOST } from "../../../sandbox/cluster/edge/zone";
import { stopCluster } from "../../../sandbox/cluster/stopCluster";
import type { ApiClient } from "../../../sandbox/providers/kubernetes/apiClient";
import { isTrue } from "../../../sandbox/providers/kubernetes/await/conditions";
import {
  at,
  objectsAt,
  textAt,
  type Json,
  type JsonObject,
} from "../../../sandbox/providers/skeleton/json";
import { askByHttps } from "../../../sandbox/stack/httpsAnswer";
import { runningPlace, sandboxPlace, type Place } from "../../../sandbox/stack/place";
import { upStack } from "../../../sandbox/stack/upStack";
import { eventually } from "../../cluster/eventually";
import { machineListing } from "../../cluster/machine";
import { inkOf } from "../../support/charts";
import { clientOf } from "../../support/client";
import { sandbox, startSandbox } from "../../support/command";
import { cannotRunContainers } from "../../support/machine";
import { ownStateFolder } from "../../support/ownStateFolder";
import { vectorSelectors } from "../../support/promql";
import { skip } from "../../support/reporter";

const NAME = "monitoring";
const STACK = "home";
const AUTOSCALERS = "/apis/autoscaling/v2/namespaces/httpbin/horizontalpodautoscalers";
const SCALED_OBJECT = "/apis/keda.sh/v1alpha1/namespaces/httpbin/scaledobjects/httpbin";
const RULES =
  "/apis/monitoring.coreos.com/v1/namespaces/monitoring/prometheusrules/httpbin-httpbin";
const DASHBOARD = "/api/v1/namespaces/monitoring/configmaps/httpbin-httpbin-dashboard";

/** Requests per second: at a target of 10 for each pod they ask for 4, and cost little cpu. */
const LOAD = { rate: 45, path: "/uuid", connections: 8, seconds: 60 };

/** Seconds from the load on in which requests alone must have made four ready pods. */
const OUT_SECONDS = 45;

/** Longest that a first reading takes, of what is read each minute too, in milliseconds. */
const PATIENCE_MS = 75_000;

/** Series that alerts ask for and that are not there while all is well, with the reason. */
const SILENT: Readonly<Record<string, string>> = {
  kube_horizontalpodautoscaler_status_desired_replicas:
    "kube-state-metrics does not run here; the alert asks the controller as well",
  keda_scaler_empty_upstream_responses_total:
    "KEDA makes it with the first answer without a value, which only an unread Traefik brings about",
};

describe("Requests per second: Traefik, Prometheus and KEDA on a real node", () => {
  const state = ownStateFolder(NAME);
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  let untouched: Record<string, string[]>;
  let place: Place;
  let client: ApiClient;

  const read = (path: string): Promise<JsonObject> => client.call({ path });
  const prometheus = async (path: string): Promise<JsonObject> => {
    const answer = await fetch(`${place.target.prometheusUrl ?? ""}/api/v1/${path}`);
    return (await answer.json()) as JsonObject;
  };
  const ask = async (expr: string): Promise<JsonObject[]> => {
    const answer = await prometheus(`query?query=${encodeURIComponent(expr)}`);
    assert.equal(textAt(answer, "status"), "success", `${expr}: ${JSON.stringify(answer)}`);
    return objectsAt(answer, "data", "result");
  };
  const alerts = async (): Promise<JsonObject[]> =>
    objectsAt(await read(RULES), "spec", "groups").flatMap((group) => objectsAt(group, "rules"));
  /** PromQL of the dashboard, as the stack has made it. */
  const dashboardQueries = async (): Promise<string[]> => {
    const json = textAt(await read(DASHBOARD), "data", "httpbin-httpbin.json") ?? assert.fail();
    return exprsIn(JSON.parse(json) as Json);
  };

  before(async function () {
    // A machine that has no tools yet builds them here.
    this.timeout("60m");
    const reason = cannotRunContainers();
    if (reason !== undefined) skip(this, reason);
    untouched = await machineListing(state.path(), NAME);
    const options = { name: NAME, stack: STACK, install: true, say };
    place = await sandboxPlace({ ...options, monitoring: true });
    client = clientOf(place.target.kubeconfigPath);
    await upStack(place, { stack: STACK, say });
  });

  it("says that KEDA and Prometheus are real, and what of the stack's config is another for them", () => {
    const text = said.join("\n");
    assert.match(text, /Real, as well: KEDA and Prometheus\./);
    assert.match(text, /monitoring\.keda +existing: it runs already, as a process of the node/);
    assert.match(text, /app\.autoscaling\.requestsPerSecond\.target +10: low, /);
  });

  it("has an autoscaler of KEDA's in place of the app's own, which reads requests", async () => {
    const names = objectsAt(await read(AUTOSCALERS), "items").map((one) =>
      textAt(one, "metadata", "name"),
    );
    assert.deepEqual(names, ["keda-hpa-httpbin"]);
    const look = async (): Promise<boolean[]> => {
      const scaledObject = await read(SCALED_OBJECT);
      return [isTrue(scaledObject, "Ready"), isTrue(scaledObject, "Fallback")];
    };
    await eventually([true, false], look, PATIENCE_MS);
  });

  it("has Prometheus read what the stack asks for, and what the chart of a home does, all of it", async () => {
    const look = async (): Promise<string[]> => {
      const targets = objectsAt(await prometheus("targets"), "data", "activeTargets");
      return targets
        .map((one) => `${textAt(one, "labels", "job") ?? ""} ${textAt(one, "health") ?? ""}`)
        .sort();
    };
    const wantedTargets = [
      "k8s-test-cert-manager up",
      "k8s-test-keda up",
      "k8s-test-traefik up",
      "kube-controller-manager up",
      "kubelet up",
      "kubelet up",
    ];
    await eventually(wantedTargets, look, PATIENCE_MS);
    const groups = objectsAt(await prometheus("rules"), "data", "groups");
    const rules = groups.flatMap((group) => objectsAt(group, "rules"));
    const wanted = await alerts();
    assert.equal(rules.length, 5);
    assert.deepEqual(
      rules.map((rule) => textAt(rule, "name")),
      wanted.map((rule) => textAt(rule, "alert")),
    );
    // An alert is silent where all is well; what it compares is looked at under load.
    for (const rule of wanted) await ask(textAt(rule, "expr") ?? assert.fail());
  });

  it("scales by requests alone from 1 to 4 ready pods and back, and all that is asked for has an answer meanwhile", async function () {
    this.timeout("10m");
    // So that there are errors to count.
    const edge = place.target.edge ?? assert.fail("no edge");
    assert.equal((await askByHttps(`https://${APP_HOST}/status/503`, edge)).status, 503);
    const out = join(state.path(), "load");
    const over = new AbortController();
    const flags = Object.entries({ ...LOAD, within: OUT_SECONDS, out, name: NAME });
    const load = startSandbox(
      ["load", "--through", "ingress", ...flags.map(([key, value]) => `--${key}=${String(value)}`)],
      { XDG_STATE_HOME: state.path() },
    );
    void load.ended.finally(() => {
      over.abort();
    });

    const compared = (await alerts())
      .flatMap((rule) => vectorSelectors(textAt(rule, "expr") ?? assert.fail()))
      .filter((selector) => !Object.keys(SILENT).some((name) => selector.startsWith(name)));
    assert.ok(compared.length >= 7, compared.join("\n"));
    const queries = await dashboardQueries();
    const silent = new Set([...queries, await triggerQueryOf(read), ...compared]);
    assert.ok(silent.size > 25, String(silent.size));
    while (!over.signal.aborted && silent.size > 0) {
      await sleep(2000);
      for (const expr of silent) {
        if (hasNumber(await ask(expr))) silent.delete(expr);
      }
    }
    assert.equal(await load.ended, 0, load.said);
    assert.deepEqual([...silent], []);

    const record = JSON.parse(await readFile(join(out, RECORD_FILE), "utf8")) as LoadRecord;
    const { verdict, requests } = record;
    assert.ok(verdict.passed, JSON.stringify(verdict.checks));
    assert.equal(requests.failed, 0);
    checkByRequestsAlone(record);
  });

  it("has its dashboard drawn, with a line for each query", async () => {
    const out = join(state.path(), "pictures");
    const { exitCode, stdout, stderr } = await sandbox(
      ["dashboard", "--name", NAME, "--out", out],
      { XDG_STATE_HOME: state.path() },
    );
    assert.equal(exitCode, 0, stderr);
    assert.match(stdout, /^httpbin in httpbin, .* UTC: 10 panels, .*\/httpbin-httpbin\.png$/m);
    const { width, height, ink } = inkOf(await readFile(join(out, "httpbin-httpbin.png")));
    assert.equal(width, 1800);
    assert.ok(height > 1500 && height < 3000, String(height));
    assert.ok(ink > 0.02 * width * height, "blank");
  });

  it("is known to whoever comes later", async () => {
    const later = await runningPlace(NAME, STACK, say);
    assert.equal(later.target.prometheusUrl, place.target.prometheusUrl);
    assert.equal(later.monitored, NAME);
  });

  it("leaves nothing behind", async () => {
    assert.ok(await stopCluster({ name: NAME }));
    assert.deepEqual(await machineListing(state.path(), NAME), untouched);
  });
});

/** All `expr` in a dashboard. */
function exprsIn(json: Json | undefined): string[] {
  if (Array.isArray(json)) return json.flatMap(exprsIn);
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    key === "expr" && typeof value === "string" ? [value] : exprsIn(value),
  );
}

/** What KEDA asks Prometheus. */
async function triggerQueryOf(read: (path: string) => Promise<JsonObject>): Promise<string> {
  const triggers = objectsAt(await read(SCALED_OBJECT), "spec", "triggers");
  const found = triggers.find((one) => textAt(one, "type") === "prometheus");
  return textAt(found, "metadata", "query") ?? assert.fail("no trigger of Prometheus");
}

/** Whether a series has a value that is a number. */
function hasNumber(result: readonly JsonObject[]): boolean {
  return result.some((one) => Number.isFinite(Number(at(one, "value", 1))));
}
