import { shown } from "./issues";
import type { ConfigProblem } from "./problem";
import { section, unused, type RuleContext } from "./ruleContext";

/** Domains whose addresses Let's Encrypt takes for no account: they are those of examples. */
const EXAMPLE_DOMAINS = ["example.com", "example.net", "example.org"];

/** What a stack at home needs, and what it would ignore. */
export function homeRules(context: RuleContext): ConfigProblem[] {
  const home = section(context.draft, "home");
  if (home["clusterIssuer"] !== undefined) {
    const others = [["home", "acme"], ["home", "dns"], ["home", "certManager"], ["dnsToken"]];
    return [
      ...kubeconfigRules(context),
      ...unused(context, others, "home.clusterIssuer names an issuer that is there"),
    ];
  }
  return [
    ...kubeconfigRules(context),
    ...dnsRules(context),
    ...acmeRules(context),
    ...(section(home, "certManager")["install"] === false
      ? unused(
          context,
          [["home", "certManager", "recursiveNameservers"]],
          "home.certManager.install is false",
        )
      : []),
  ];
}

function kubeconfigRules(context: RuleContext): ConfigProblem[] {
  const { draft, raw, mender } = context;
  const home = section(draft, "home");
  const inConfig = raw.values["kubeconfig"] !== undefined;
  const onDisk = home["kubeconfigPath"] !== undefined;
  if (inConfig && onDisk) {
    const because = "kubeconfig is: only one of the two";
    return unused(context, [["home", "kubeconfigPath"]], because);
  }
  if (inConfig || onDisk || home["context"] !== undefined) return [];
  return [
    {
      key: "kubeconfig",
      given: "nothing",
      allowed:
        "a kubeconfig here, or its path in home.kubeconfigPath, or a context in home.context",
      mend: mender.set("kubeconfig", ""),
    },
  ];
}

function dnsRules(context: RuleContext): ConfigProblem[] {
  const { draft, raw, mender, wrong } = context;
  const dns = section(section(draft, "home"), "dns");
  const host = wrong.has("app.host") ? undefined : section(draft, "app")["host"];
  const provider = String(dns["provider"]);
  const problems: ConfigProblem[] = [];
  if (raw.values["dnsToken"] === undefined) {
    problems.push({
      key: "dnsToken",
      given: "nothing",
      allowed: "the secret of the DNS provider: an API token, a secret access key or a TSIG key",
      mend: mender.set("dnsToken", ""),
    });
  }
  if (typeof host === "string" && typeof dns["zone"] === "string" && !isWithin(host, dns["zone"])) {
    problems.push({
      key: "home.dns.zone",
      given: shown(["home", "dns", "zone"], raw),
      allowed: `a zone that app.host (${host}) is in, or no certificate can be had for it`,
      mend: mender.set("home.dns.zone", parentOf(host)),
    });
  }
  const others = wrong.has("home.dns.provider")
    ? []
    : ["route53", "rfc2136"].filter((other) => other !== provider);
  return [
    ...problems,
    ...unused(
      context,
      others.map((other) => ["home", "dns", other]),
      `home.dns.provider is ${provider}`,
    ),
  ];
}

/** What Let's Encrypt refuses, or has no use for. */
function acmeRules(context: RuleContext): ConfigProblem[] {
  const { draft, raw, mender } = context;
  const { server, email } = section(section(draft, "home"), "acme");
  if (server !== "staging" && server !== "production") return [];
  const problems = unused(
    context,
    [["home", "acme", "caBundle"]],
    `home.acme.server is ${server}, whose CA is known`,
  );
  const domain = typeof email === "string" ? email.toLowerCase().split("@").at(-1) : undefined;
  if (domain !== undefined && EXAMPLE_DOMAINS.includes(domain)) {
    problems.push({
      key: "home.acme.email",
      given: shown(["home", "acme", "email"], raw),
      allowed: `an e-mail address of yours: Let's Encrypt refuses those of ${domain}`,
      mend: mender.set("home.acme.email", "you@your-domain.org"),
    });
  }
  return problems;
}

function isWithin(host: string, zone: string): boolean {
  return host === zone || host.endsWith(`.${zone}`);
}

/** The domain that a host is in; the host itself where it is a domain of its own. */
function parentOf(host: string): string {
  const [, ...labels] = host.split(".");
  return labels.length > 1 ? labels.join(".") : host;
}
