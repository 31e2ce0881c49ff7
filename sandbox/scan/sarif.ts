import type { Log, Result, Run } from "sarif";

import { SCANNERS, type Scanner } from "./finding";
import type { JudgedFinding } from "./verdict";

/**
 * Findings in the format that code hosts and editors show (SARIF 2.1.0): a run for each scanner, and
 * what is accepted as suppressed, with its reason.
 */
export function sarifOf(findings: readonly JudgedFinding[], scanners: readonly Scanner[]): Log {
  return {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: SCANNERS.filter((scanner) => scanners.includes(scanner)).map((scanner) =>
      runOf(
        scanner,
        findings.filter((finding) => finding.scanner === scanner),
      ),
    ),
  };
}

function runOf(scanner: Scanner, findings: readonly JudgedFinding[]): Run {
  const rules = [...new Set(findings.map(({ check }) => check))].map((id) => ({ id }));
  return { tool: { driver: { name: scanner, rules } }, results: findings.map(resultOf) };
}

function resultOf({ check, object, file, message, reason }: JudgedFinding): Result {
  return {
    ruleId: check,
    level: "warning",
    message: { text: `${object}: ${message}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: `manifests/${file}` } } }],
    suppressions: reason === undefined ? [] : [{ kind: "external", justification: reason }],
  };
}
