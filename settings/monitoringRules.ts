import type { ConfigProblem } from "./problem";
import { isWrong, section, unused, type Draft, type RuleContext } from "./ruleContext";

/**
 * What of KEDA and Prometheus is needed, and what would be ignored.
 *
 * @param isHome - Whether the config is that of a stack at home; also known where `platform` is misspelt.
 */
export function monitoringRules(context: RuleContext, isHome: boolean): ConfigProblem[] {
  const monitoring = section(context.draft, "monitoring");
  return [
    ...neededRules(context, monitoring, isHome),
    ...kedaRules(context, monitoring),
    ...prometheusRules(context, monitoring, isHome),
    ...grafanaRules(context, monitoring, isHome),
    ...storageRules(context, monitoring, isHome),
  ];
}

function path(key: string): string[] {
  return ["monitoring", key];
}

/** Whether the app scales on requests per second. */
function scalesOnRequests({ draft }: RuleContext): boolean {
  return section(section(draft, "app"), "autoscaling")["requestsPerSecond"] !== undefined;
}

/** Requests per second are read by KEDA, at home from Prometheus. */
function neededRules(context: RuleContext, monitoring: Draft, isHome: boolean): ConfigProblem[] {
  const { mender } = context;
  if (!scalesOnRequests(context)) return [];
  return ["keda", ...(isHome ? ["prometheus"] : [])]
    .filter((key) => monitoring[key] === "off")
    .map((name) => {
      const key = `monitoring.${name}`;
      const allowed = "install or existing, as app.autoscaling.requestsPerSecond needs it";
      return { key, given: "off", allowed, mend: mender.set(key, "install") };
    });
}

/** The namespace is where KEDA is installed, and where Prometheus reads it. */
function kedaRules(context: RuleContext, { keda, prometheus }: Draft): ConfigProblem[] {
  if (keda === "off") return unused(context, [path("kedaNamespace")], "monitoring.keda is off");
  if (keda !== "existing" || prometheus !== "off") return [];
  const because = "monitoring.keda is existing, and no Prometheus reads it";
  return unused(context, [path("kedaNamespace")], because);
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
  if (!scalesOnRequests(context) || monitoring["prometheusUrl"] !== undefined) return problems;
  const key = "monitoring.prometheusUrl";
  const allowed =
    "the address of the Prometheus that is there, as app.autoscaling.requestsPerSecond is read from it";
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
  // What was meant by them is not known, and so not what goes with it.
  if (["prometheus", "grafana"].some((key) => isWrong(context, `monitoring.${key}`))) return [];
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
