import * as z from "zod";

import { AUTOSCALING_DEFAULTS } from "../components/httpbin/autoscaling";
import { RESOURCE_DEFAULTS } from "../components/httpbin/resources";
import { MOST_REQUESTS, REQUESTS_DEFAULTS } from "../components/httpbin/scaledObject";
import { versions } from "../versions";
import { cpu, dnsLabel, dnsName, flag, image, integer, memory } from "./fields";

const amounts = (what: string, defaults: { cpu: string; memory: string }) =>
  z
    .strictObject({
      cpu: cpu(`Cores that a pod ${what}.`, defaults.cpu).default(defaults.cpu),
      memory: memory(`Bytes that a pod ${what}.`, defaults.memory).default(defaults.memory),
    })
    .prefault({});

const requestsPerSecond = z
  .strictObject({
    target: integer(
      "Requests per second and pod aimed at; needs KEDA, and at home Prometheus (`monitoring`).",
      1,
      MOST_REQUESTS,
      20,
    ),
    failureThreshold: integer(
      "Failed readings after which KEDA says that it falls back; pods are held from the first on.",
      0,
      100,
      3,
    ).default(REQUESTS_DEFAULTS.failureThreshold),
  })
  .optional();

const autoscaling = z
  .strictObject({
    minReplicas: integer("Least number of pods.", 1, 100, 1).default(
      AUTOSCALING_DEFAULTS.minReplicas,
    ),
    maxReplicas: integer("Greatest number of pods.", 1, 100, 4).default(
      AUTOSCALING_DEFAULTS.maxReplicas,
    ),
    cpuTarget: integer(
      "Average cpu use aimed at, in percent of the cpu request.",
      1,
      1000,
      50,
    ).default(AUTOSCALING_DEFAULTS.cpuTarget),
    memoryTarget: memory("Average memory per pod aimed at, in bytes.", "204Mi").default(
      AUTOSCALING_DEFAULTS.memoryTarget,
    ),
    idleMemory: memory("Memory of a pod at rest after a load, in bytes.", "56Mi").default(
      AUTOSCALING_DEFAULTS.idleMemory,
    ),
    scaleDownStabilizationSeconds: integer(
      "Seconds without need before pods are taken away.",
      0,
      3600,
      120,
    ).default(AUTOSCALING_DEFAULTS.scaleDownStabilizationSeconds),
    requestsPerSecond,
  })
  .prefault({});

/** The app: what runs, and how it scales. */
export const appSchema = z
  .strictObject({
    host: dnsName("DNS name under which the app is reached.", "httpbin.example.com"),
    namespace: dnsLabel("Namespace of the app.", "httpbin").default("httpbin"),
    createNamespace: flag("Whether the stack makes the namespace; false: it is there.").default(
      true,
    ),
    image: image(
      "Multi-arch image that serves HTTP on port 8080 as any user.",
      versions.httpbinImage,
    ).default(versions.httpbinImage),
    resources: z
      .strictObject({
        requests: amounts("is promised", RESOURCE_DEFAULTS.requests),
        limits: amounts("takes at most", RESOURCE_DEFAULTS.limits),
      })
      .prefault({}),
    autoscaling,
  })
  .prefault({} as { host: string })
  .meta({ description: "The app: what runs, and how it scales." });
