import { appendFileSync } from "node:fs";
import { join } from "node:path";

import { readFileIfThere } from "./files";

/** Something that was done to a resource. */
export interface JournalEntry {
  /** When it was complete, in ISO 8601. */
  at: string;
  action: "create" | "update" | "delete";
  type: string;
  /** Name in the program. */
  name: string;
  id: string;
  urn: string;
}

/** Appends a line: one write, so that lines of several processes do not mix. */
export function writeJournal(folder: string, entry: Omit<JournalEntry, "at">): void {
  const line = { at: new Date().toISOString(), ...entry };
  appendFileSync(join(folder, "journal.jsonl"), `${JSON.stringify(line)}\n`);
}

/** What was done, in its order. */
export function readJournal(folder: string): JournalEntry[] {
  return (readFileIfThere(join(folder, "journal.jsonl")) ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as JournalEntry);
}
