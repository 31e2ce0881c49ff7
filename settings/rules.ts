import { appRules } from "./appRules";
import { homeRules } from "./homeRules";
import type { RawConfig } from "./issues";
import { liveRules } from "./liveRules";
import type { Mender } from "./mend";
import { monitoringRules } from "./monitoringRules";
import { namespaceRules } from "./namespaceRules";
import type { ConfigProblem } from "./problem";
import { unused, type Draft, type RuleContext } from "./ruleContext";
import { misplacedSecrets, secretRules } from "./secretRules";

/**
 * The rules that span more than one key. They also run where single keys are wrong, so that all
 * problems come in one message; a rule says nothing about a value it cannot read.
 */
export function ruleProblems(
  draft: Draft,
  raw: RawConfig,
  mender: Mender,
  wrong: ReadonlySet<string>,
): ConfigProblem[] {
  const context = { draft, raw, mender, wrong };
  const misplaced = misplacedSecrets(context);
  // What the other rules say of one key may quote another: not where that is encrypted.
  if (misplaced.length > 0) return [...misplaced, ...secretRules(context)];
  return [
    ...secretRules(context),
    ...appRules(context),
    ...namespaceRules(context),
    ...monitoringRules(context, !concernsLive(raw.values)),
    ...sectionRules(context),
    ...(concernsHome(raw.values) ? homeRules(context) : []),
    ...(concernsLive(raw.values) ? liveRules(context) : []),
  ];
}

const HOME_KEYS = ["home", "kubeconfig", "dnsToken"];
const LIVE_KEYS = ["live", "tailscaleOauthSecret"];

/** Where the platform is misspelt, the sections that are there tell which one is meant. */
export function concernsHome({ platform = "home", ...values }: Record<string, unknown>): boolean {
  if (platform === "home" || platform === "live") return platform === "home";
  return HOME_KEYS.some((key) => key in values);
}

/** As {@link concernsHome}, which is asked first. */
export function concernsLive({ platform = "home", ...values }: Record<string, unknown>): boolean {
  if (platform === "home" || platform === "live") return platform === "live";
  return !concernsHome({ platform, ...values }) && LIVE_KEYS.some((key) => key in values);
}

/** A section or secret of the other platform would be ignored: say so instead. */
function sectionRules(context: RuleContext): ConfigProblem[] {
  const { platform } = context.draft;
  if (platform !== "home" && platform !== "live") return [];
  const foreign = platform === "home" ? LIVE_KEYS : HOME_KEYS;
  return unused(
    context,
    foreign.map((key) => [key]),
    `platform is ${platform}`,
  );
}
