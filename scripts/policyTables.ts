import { CIS_ITEMS } from "../policy/cis";
import type { Rule } from "../policy/rule";
import { RULES } from "../policy/rules";
import { markdownTable } from "../settings/markdownTable";

/** The rules of the policy pack as a Markdown table. */
export function rulesTable(): string {
  const rows = RULES.map((rule) => [
    linkTo(rule),
    rule.demands,
    rule.why,
    (rule.cis ?? []).join(", "),
  ]);
  return markdownTable(["rule", "what must be so", "what happens otherwise", "CIS EKS 1.7"], rows);
}

/** What judges each item of the benchmark, as a Markdown table. */
export function cisTable(): string {
  const rows = CIS_ITEMS.map(({ item, about, notJudged }) => [
    item,
    about,
    notJudged === undefined
      ? RULES.filter(({ cis = [] }) => cis.includes(item))
          .map(linkTo)
          .join(", ")
      : `not judged: ${notJudged}`,
  ]);
  return markdownTable(["item", "what it is about", "judged by"], rows);
}

/** How many items are judged, in a sentence. */
export function cisCount(): string {
  const judged = CIS_ITEMS.filter(({ notJudged }) => notJudged === undefined);
  return `Of ${String(CIS_ITEMS.length)} items, ${String(judged.length)} are judged.`;
}

function linkTo({ name }: Rule): string {
  const file = name.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  return `[${name}](../policy/rules/${file}.ts)`;
}
