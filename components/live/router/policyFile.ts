import * as pulumi from "@pulumi/pulumi";
import { applyEdits, modify, parse, printParseErrorCode, type ParseError } from "jsonc-parser";

/** What a tailnet's policy file must say for a subnet router to be let in and its route used. */
export interface RouterApproval {
  /** Tag of the router's devices. */
  tag: string;
  /** Address range that they advertise. */
  route: string;
}

/** Who may give the tag out, where the policy file does not know it yet. */
const OWNERS = ["autogroup:admin"];

/**
 * A policy file with a router's tag and the approval of its route added. All else stays, comments
 * too, though what is next to it may be laid out anew. Where both are there, nothing changes.
 *
 * @param policyFile JSON with comments and trailing commas (HuJSON).
 */
export function approveRoute(policyFile: string, { tag, route }: RouterApproval): string {
  const { tagOwners, autoApprovers } = read(policyFile);
  const withTag =
    tagOwners?.[tag] === undefined ? set(policyFile, ["tagOwners", tag], OWNERS) : policyFile;
  const approvers = autoApprovers?.routes?.[route] ?? [];
  return approvers.includes(tag)
    ? withTag
    : set(withTag, ["autoApprovers", "routes", route], [...approvers, tag]);
}

/** What is to be added to a policy file by hand, as a policy file of its own. */
export function approvalSnippet(approval: RouterApproval): string {
  return approveRoute("{}", approval);
}

interface PolicyFile {
  tagOwners?: Record<string, unknown>;
  autoApprovers?: { routes?: Record<string, string[]> };
}

/** @throws where it is not HuJSON. */
function read(policyFile: string): PolicyFile {
  const errors: ParseError[] = [];
  const content: unknown = parse(policyFile, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const what = printParseErrorCode(error.error);
    throw new pulumi.RunError(
      `The tailnet's policy file: ${what} at character ${String(error.offset)}.`,
    );
  }
  return content as PolicyFile;
}

function set(policyFile: string, path: string[], value: unknown): string {
  // Tailscale's own editor indents with tabs.
  const insertSpaces = !policyFile.includes("\n\t");
  const edits = modify(policyFile, path, value, {
    formattingOptions: { insertSpaces, tabSize: 2, eol: "\n" },
  });
  return applyEdits(policyFile, edits);
}
