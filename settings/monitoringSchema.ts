import * as z from "zod";

import { choice, dnsLabel, dnsName, flag, integer, objectName, pattern } from "./fields";

const PLACES = ["off", "install", "existing"] as const;

/** KEDA, Prometheus and Grafana. */
export const monitoringSchema = z
  .strictObject({
    keda: choice(
      "KEDA, which scaling on requests per second needs: not used, installed, or there already.",
      PLACES,
    ).default("off"),
    kedaNamespace: dnsLabel("Namespace of KEDA.", "keda").default("keda"),
    prometheus: choice(
      "Prometheus, for dashboard and alerts, and for requests per second at home: not used, " +
        "installed, or there already with the kinds of the Prometheus Operator.",
      PLACES,
    ).default("off"),
    namespace: dnsLabel("Namespace of Prometheus, and of what it is told.", "monitoring").default(
      "monitoring",
    ),
    prometheusUrl: pattern(
      /^https?:\/\/[^\s/?#]+$/,
      {
        description:
          "A Prometheus that is there already, as pods reach it; for requests per second at home.",
        example: "http://prometheus-operated.monitoring:9090",
        allowed: "an http or https URL of host and port, without a path",
      },
      (url) => URL.canParse(url),
    ).optional(),
    release: objectName(
      "Helm release of a Prometheus that is there already: its selectors may ask for the label.",
      "kube-prometheus-stack",
    ).optional(),
    retentionDays: integer("Days for which Prometheus keeps series.", 1, 365, 7).default(7),
    storageGiB: integer(
      "Volume for Prometheus, in GiB; without it the series are gone with the pod.",
      1,
      1000,
      5,
    ).optional(),
    storageClass: objectName(
      "StorageClass of that volume; without it the cluster's own.",
      "local-path",
    ).optional(),
    grafana: flag("Whether Grafana is installed with Prometheus.").default(true),
    grafanaHost: dnsName(
      "DNS name under which Grafana is reached, at home; without it by port-forward only.",
      "grafana.example.com",
    ).optional(),
  })
  .prefault({})
  .meta({ description: "KEDA, Prometheus and Grafana: all of it off unless asked for." });
