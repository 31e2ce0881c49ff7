import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { alertRules } from "../../../components/monitoring/alertRules";
import { promqlError } from "../../support/promql";
import { WATCHED, WATCHED_LIVE } from "../../support/watchedApp";

const RUNBOOK = readFileSync(join(__dirname, "../../../docs/runbook.md"), "utf8");
const names = (app: typeof WATCHED): string[] => alertRules(app).map(({ alert }) => alert);

describe("alertRules", () => {
  it("tell of the maximum, of a metric that is missing, of errors and of the certificate", () => {
    assert.deepEqual(names(WATCHED), [
      "HttpbinAtMaximum",
      "HttpbinRequestsUnread",
      "HttpbinIngressUnwatched",
      "HttpbinErrors",
      "HttpbinCertificateEnds",
    ]);
  });

  it("leave out what an app does not have", () => {
    assert.deepEqual(names(WATCHED_LIVE), ["HttpbinAtMaximum", "HttpbinRequestsUnread"]);
    assert.deepEqual(names({ ...WATCHED_LIVE, requestsTarget: 0 }), ["HttpbinAtMaximum"]);
  });

  it("do not tell of a maximum that is the minimum as well", () => {
    const fixed = { ...WATCHED.autoscaling, minReplicas: 3, maxReplicas: 3 };
    assert.equal(names({ ...WATCHED, autoscaling: fixed }).includes("HttpbinAtMaximum"), false);
  });

  it("are what Prometheus takes for rules", () => {
    for (const { alert, expr, for: duration } of alertRules(WATCHED)) {
      assert.equal(promqlError(expr), undefined, expr);
      assert.match(duration, /^\d+[mh]$/, alert);
    }
  });

  it("go by the bounds that are set", () => {
    const at9 = { ...WATCHED, autoscaling: { ...WATCHED.autoscaling, maxReplicas: 9 } };
    assert.match(alertRules(at9)[0]?.expr ?? "", / >= 9$/);
  });

  it("have a heading in the runbook each, under which is said what to do", () => {
    for (const { alert, annotations } of alertRules(WATCHED)) {
      assert.equal(annotations.runbook, `docs/runbook.md#${alert.toLowerCase()}`);
      assert.match(RUNBOOK, new RegExp(`^## ${alert}\n\n\\S`, "m"), alert);
    }
    const headings = [...RUNBOOK.matchAll(/^## (Httpbin\w+)$/gm)].map(([, name]) => name);
    assert.deepEqual(headings, names(WATCHED), "and no heading without its alert");
  });
});
