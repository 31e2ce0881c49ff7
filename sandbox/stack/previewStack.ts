import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { EngineEvent } from "@pulumi/pulumi/automation";

import type { Place } from "./place";
import { preparePolicyPack } from "./policyPack";
import { previewSummary } from "./previewSummary";
import { cloudSentence } from "./simulatedCloud";
import { prepareStack, type StackOptions } from "./upStack";

export interface PreviewOptions extends StackOptions {
  /** Whether the policy pack judges the plan. @default true */
  policy?: boolean;
  /** File to which a summary in Markdown is added. @default none */
  summary?: string;
}

const HOME_SENTENCE =
  "Real: Pulumi's engine, the program and its config. No cluster of yours was asked: the plan is that of a sandbox.";

/** Shows what `pulumi up` of a stack would do, and judges it. */
export async function previewStack(place: Place, options: PreviewOptions): Promise<void> {
  const { stack, signal, summary, policy = true } = options;
  const { engine } = place;
  const [pack] = await Promise.all([
    policy ? preparePolicyPack(engine.folders.policy, engine.home) : [],
    prepareStack(place, options),
  ]);
  const args = ["preview", "--diff", "--stack", stack, ...pack];
  if (summary === undefined) return engine.show(args, signal);

  const folder = await mkdtemp(join(tmpdir(), "k8s-test-preview-"));
  const log = join(folder, "events");
  try {
    await engine.show([...args, "--event-log", log], signal);
  } finally {
    // A plan that failed is told, too.
    const { cloud, tailnet } = place;
    const note = cloud ? cloudSentence(tailnet ? "real" : "simulated") : HOME_SENTENCE;
    await appendFile(summary, previewSummary(stack, note, await readEvents(log)));
    await rm(folder, { recursive: true });
  }
}

/** What the engine has told, one event a line; nothing where it did not get that far. */
async function readEvents(log: string): Promise<EngineEvent[]> {
  const text = existsSync(log) ? await readFile(log, "utf8") : "";
  const lines = text.split("\n").filter((line) => line !== "");
  return lines.map((line) => JSON.parse(line) as EngineEvent);
}
