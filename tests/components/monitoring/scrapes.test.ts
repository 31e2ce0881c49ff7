import { strict as assert } from "node:assert";

import { podMonitorSpec, scrapes } from "../../../components/monitoring/scrapes";
import { JOBS } from "../../../components/monitoring/series";

const ALL = { traefik: "kube-system", keda: "keda", certManager: "cert-manager" };

describe("scrapes", () => {
  it("are those of what is there", () => {
    assert.deepEqual(
      scrapes(ALL).map(({ job, namespace, port }) => [job, namespace, port]),
      [
        [JOBS.traefik, "kube-system", 9100],
        [JOBS.keda, "keda", 8080],
        [JOBS.certManager, "cert-manager", 9402],
      ],
    );
    assert.deepEqual(
      scrapes({ keda: "scaling" }).map(({ job }) => job),
      [JOBS.keda],
    );
    assert.deepEqual(scrapes({}), []);
  });
});

describe("podMonitorSpec", () => {
  it("names the series by our job, and leaves the labels that come with them", () => {
    const [traefik] = scrapes(ALL);
    assert.ok(traefik);
    assert.deepEqual(podMonitorSpec(traefik), {
      namespaceSelector: { matchNames: ["kube-system"] },
      selector: { matchLabels: { "app.kubernetes.io/name": "traefik" } },
      podMetricsEndpoints: [
        {
          portNumber: 9100,
          path: "/metrics",
          interval: "5s",
          scrapeTimeout: "4s",
          honorLabels: true,
          relabelings: [{ targetLabel: "job", replacement: "k8s-test-traefik" }],
        },
      ],
    });
  });

  // Prometheus refuses a configuration in which it is not.
  it("gives up within the interval", () => {
    for (const scrape of scrapes(ALL)) {
      const { podMetricsEndpoints } = podMonitorSpec(scrape) as {
        podMetricsEndpoints: { interval: string; scrapeTimeout: string }[];
      };
      for (const { interval, scrapeTimeout } of podMetricsEndpoints) {
        assert.ok(Number.parseInt(scrapeTimeout) <= Number.parseInt(interval), scrape.job);
      }
    }
  });
});
