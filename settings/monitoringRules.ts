import type { ConfigProblem } from "./problem";
import { section, unused, type Draft, type RuleContext } from "./ruleContext";

/** What of KEDA and Prometheus is needed, and what would be ignored. */
export function monitoringRules(context: RuleContext): ConfigProblem[] {
  const { draft } = context;
  const monitoring = section(draft, "monitoring");
  const isHome = draft["platform"] !== "live";
  return [
    ...neededRules(context, monitoring, isHome),
    ...prometheusRules(context, monitoring, isHome),
    ...grafanaRules(context, monitoring, isHome),
    ...storageRules(context, monitoring, isHome),
    ...(monitoring["keda"] === "off"
      ? unused(context, [path("kedaNamespace")], "monitoring.keda is off")
      : []),
  ];
}

function path(key: string): string[] {
  return ["monitoring", key];
}

/** Requests per second are read by KEDA, at home from Prometheus. */
function neededRules(context: RuleContext, monitoring: Draft, isHome: boolean): ConfigProblem[] {
  const { draft, mender } = context;
  const autoscaling = section(section(draft, "app"), "autoscaling");
  if (autoscaling["requestsPerSecond"] === undefined) return [];
  return ["keda", ...(isHome ? ["prometheus"] : [])]
    .filter((key) => monitoring[key] === "off")
    .map((name) => {
      const key = `monitoring.${name}`;
      const allowed = "install or existing, as app.autoscaling.requestsPerSecond needs it";
      return { key, given: "off", allowed, mend: mender.set(key, "install") };
    });
}

function prometheusRules(
  context: RuleContext,
  monitoring: Draft,
  isHome: boolean,
): ConfigProblem[] {
  const { prometheus } = monitoring;
  if (prometheus === "off") {
    return unused(context, [path("namespace"), ...EXISTING, ...INSTALLED], PROMETHEUS_OFF);
  }
  if (prometheus === "install") {
    return unused(context, EXISTING, "monitoring.prometheus is install");
  }
  if (prometheus !== "existing") return [];
  const because = "monitoring.prometheus is existing: it is as it is";
  const problems = unused(context, INSTALLED, because);
  if (!isHome) {
    const url = "requests are read from CloudWatch";
    return [...problems, ...unused(context, [path("prometheusUrl")], url)];
  }
  if (monitoring["prometheusUrl"] !== undefined) return problems;
  const key = "monitoring.prometheusUrl";
  const allowed =
    "the address of the Prometheus that is there, as monitoring.prometheus is existing";
  const mend = context.mender.set(key, "http://prometheus-operated.monitoring:9090");
  return [...problems, { key, given: "nothing", allowed, mend }];
}

const PROMETHEUS_OFF = "monitoring.prometheus is off";
const EXISTING = ["prometheusUrl", "release"].map(path);
const INSTALLED = ["retentionDays", "storageGiB", "storageClass", "grafana", "grafanaHost"].map(
  path,
);

function grafanaRules(context: RuleContext, monitoring: Draft, isHome: boolean): ConfigProblem[] {
  const { raw, mender, draft } = context;
  const { prometheus, grafana, grafanaHost } = monitoring;
  if (prometheus !== "install") {
    const because = `monitoring.prometheus is ${String(prometheus)}`;
    return unused(context, [["grafanaPassword"]], because);
  }
  if (grafana !== true) {
    const because = "monitoring.grafana is false";
    return unused(context, [["grafanaPassword"], path("grafanaHost")], because);
  }
  const problems: ConfigProblem[] = [];
  if (raw.values["grafanaPassword"] === undefined) {
    const key = "grafanaPassword";
    const allowed = "a password for Grafana's user admin; or false in monitoring.grafana";
    problems.push({ key, given: "nothing", allowed, mend: mender.set(key, "") });
  }
  if (!isHome) {
    const because = "the load balancer has a certificate for app.host alone";
    problems.push(...unused(context, [path("grafanaHost")], because));
  } else if (grafanaHost !== undefined && grafanaHost === section(draft, "app")["host"]) {
    const key = "monitoring.grafanaHost";
    const allowed = "another name than app.host, which is the app's";
    problems.push({ key, given: JSON.stringify(grafanaHost), allowed, mend: mender.remove(key) });
  }
  return problems;
}

function storageRules(context: RuleContext, monitoring: Draft, isHome: boolean): ConfigProblem[] {
  if (monitoring["prometheus"] !== "install") return [];
  const { storageGiB, storageClass } = monitoring;
  if (storageGiB === undefined) {
    return unused(context, [path("storageClass")], "monitoring.storageGiB is not");
  }
  if (isHome || storageClass !== undefined) return [];
  const key = "monitoring.storageClass";
  const allowed = "a StorageClass of yours: the stack makes none, and EKS brings no driver for one";
  return [{ key, given: "nothing", allowed, mend: context.mender.set(key, "gp3") }];
}
