import type { EngineEvent } from "@pulumi/pulumi/automation";

import { markdownTable } from "../../settings/markdownTable";

/** What a plan would do, in words, in the order in which a reader wants to know. */
const CHANGES: Readonly<Record<string, string>> = {
  delete: "to delete",
  replace: "to replace",
  update: "to update",
  create: "to create",
  same: "unchanged",
};

/**
 * What a preview says, as Markdown: how much changes, what goes wrong, and each change by its name.
 *
 * @param note - What the reader should know of how the plan was made.
 */
export function previewSummary(stack: string, note: string, events: EngineEvent[]): string {
  const troubles = events.flatMap(troubleOf);
  const changes = Object.entries(CHANGES).map(([op, words]) => ({
    words,
    rows: events.flatMap((event) => rowOf(event, op)),
  }));
  const some = changes.filter(({ rows }) => rows.length > 0);
  const counts = some.map(({ words, rows }) => `${String(rows.length)} ${words}`);
  const outcome = events.some(isFailure) ? "the preview failed" : counts.join(", ");
  return [
    `### Stack \`${stack}\`: ${outcome === "" ? "no plan" : outcome}`,
    note,
    ...(troubles.length > 0 ? [fenced(troubles.join("\n"))] : []),
    ...some.filter(({ words }) => words !== CHANGES["same"]).map(folded),
    "",
  ].join("\n\n");
}

/** Whether it ends a preview: an error, or a rule that must not be broken. */
function isFailure({ diagnosticEvent, policyEvent }: EngineEvent): boolean {
  return diagnosticEvent?.severity === "error" || policyEvent?.enforcementLevel === "mandatory";
}

/** An error, a warning, or a rule of a policy pack that is broken. */
function troubleOf({ diagnosticEvent, policyEvent }: EngineEvent): string[] {
  if (policyEvent !== undefined) {
    const { enforcementLevel, policyName, resourceUrn, message } = policyEvent;
    const where = resourceUrn === undefined ? "" : ` (${nameOf(resourceUrn)})`;
    return [`${enforcementLevel}: ${policyName}${where}: ${plain(message)}`];
  }
  if (diagnosticEvent === undefined || diagnosticEvent.ephemeral === true) return [];
  const { severity, message, urn } = diagnosticEvent;
  if (severity !== "error" && severity !== "warning") return [];
  const where = urn === undefined || urn === "" ? "" : ` (${nameOf(urn)})`;
  return [`${severity}${where}: ${plain(message)}`];
}

/** A row of a table, for a resource with which just that happens. */
function rowOf({ resourcePreEvent }: EngineEvent, op: string): string[][] {
  const metadata = resourcePreEvent?.metadata;
  if (metadata?.op !== op || isDefaultProvider(metadata)) return [];
  const { urn, type, diffs = [] } = metadata;
  return [[code(nameOf(urn)), code(type), diffs.map(code).join(", ")]];
}

/** Made by the engine for itself; it does not count them either. */
function isDefaultProvider({ urn, type }: { urn: string; type: string }): boolean {
  return type.startsWith("pulumi:providers:") && /^default(_|$)/.test(nameOf(urn));
}

function folded({ words, rows }: { words: string; rows: string[][] }): string {
  const summary = `<details><summary>${String(rows.length)} ${words}</summary>`;
  const table = markdownTable(["resource", "type", "what differs"], rows);
  return [summary, "", table, "", "</details>"].join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}

/** Longer than any fence in the text, so that nothing in it ends the block. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

/** Without the engine's marks for colours, such as `<{%reset%}>`. */
function plain(message: string): string {
  return message.replace(/<\{%[^%]*%\}>/g, "").trim();
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
