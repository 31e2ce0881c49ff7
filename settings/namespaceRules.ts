import { isReservedNamespace } from "../components/httpbin/names";
import type { ConfigProblem } from "./problem";
import { section, type RuleContext } from "./ruleContext";

/**
 * A namespace that the stack makes must neither be there nor be made twice: to make what exists is
 * an error of the API.
 */
export function namespaceRules({ draft, wrong, mender }: RuleContext): ConfigProblem[] {
  const home = section(draft, "home");
  const app = section(draft, "app");
  const certManager = section(home, "certManager");
  const monitoring = section(draft, "monitoring");
  const installs = certManager["install"] === true && home["clusterIssuer"] === undefined;
  const made = [
    ...(installs
      ? [
          {
            key: "home.certManager.namespace",
            name: certManager["namespace"],
            others: ["cert-manager", "tls"],
          },
        ]
      : []),
    ...(monitoring["keda"] === "install"
      ? [
          {
            key: "monitoring.kedaNamespace",
            name: monitoring["kedaNamespace"],
            others: ["keda", "scaling"],
          },
        ]
      : []),
    ...(monitoring["prometheus"] === "install"
      ? [
          {
            key: "monitoring.namespace",
            name: monitoring["namespace"],
            others: ["monitoring", "metrics"],
          },
        ]
      : []),
    ...(app["createNamespace"] === true
      ? [{ key: "app.namespace", name: app["namespace"], others: ["httpbin", "web", "app"] }]
      : []),
  ];

  const taken = new Map([
    [section(home, "traefik")["namespace"], "that of home.traefik.namespace"],
    ...(monitoring["prometheus"] === "existing"
      ? ([[monitoring["namespace"], "that of monitoring.namespace"]] as const)
      : []),
    ...(monitoring["keda"] === "existing"
      ? ([[monitoring["kedaNamespace"], "that of monitoring.kedaNamespace"]] as const)
      : []),
  ]);
  const problems: ConfigProblem[] = [];
  for (const { key, name, others } of made) {
    if (typeof name !== "string" || wrong.has(key)) continue;
    const by = isReservedNamespace(name) ? "default or kube-…" : taken.get(name);
    const free = others.find((other) => !taken.has(other)) ?? "";
    taken.set(name, `that of ${key}`);
    if (by === undefined) continue;
    const allowed = `a namespace that the stack can make: not ${by}`;
    problems.push({ key, given: name, allowed, mend: mender.set(key, free) });
  }
  return problems;
}
