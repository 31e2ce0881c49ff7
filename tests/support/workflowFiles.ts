import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

const ROOT = join(__dirname, "..", "..");
const WORKFLOWS = join(ROOT, ".github", "workflows");
const ACTIONS = join(ROOT, ".github", "actions");

export interface Step {
  name?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
}

export interface Job {
  name?: string;
  if?: string;
  "timeout-minutes"?: number;
  permissions?: Record<string, string>;
  steps: Step[];
}

export interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

/** Paths of the files of workflows. */
export const WORKFLOW_FILES: readonly string[] = readdirSync(WORKFLOWS).map((name) =>
  join(WORKFLOWS, name),
);

/** Workflows by the name of their files, such as `check.yml`. */
export const WORKFLOW_BY_NAME: Readonly<Record<string, Workflow>> = Object.fromEntries(
  readdirSync(WORKFLOWS).map((name) => [name, read(join(WORKFLOWS, name)) as Workflow]),
);

/** The text of every file of a workflow or an action. */
export const TEXTS: readonly string[] = [
  ...WORKFLOW_FILES,
  ...readdirSync(ACTIONS).map((name) => join(ACTIONS, name, "action.yml")),
].map((file) => readFileSync(file, "utf8"));

/** A step of a workflow or an action, and where it is. */
export interface PlacedStep extends Step {
  /** File, job and name: `drift.yml, drift: Look`; or of an action: `way-in: Name what is …`. */
  place: string;
}

/** Every step that there is. */
export const STEPS: readonly PlacedStep[] = [
  ...Object.entries(WORKFLOW_BY_NAME).flatMap(([file, { jobs }]) =>
    Object.entries(jobs).flatMap(([job, { steps }]) => placed(`${file}, ${job}`, steps)),
  ),
  ...readdirSync(ACTIONS).flatMap((name) => placed(name, actionSteps(name))),
];

/** The commands of a step, as they are written. */
export function commandsOf(place: string): string {
  const run = STEPS.find((step) => step.place === place)?.run;
  if (run === undefined) throw new Error(`There is no step "${place}" with commands.`);
  return run;
}

function placed(where: string, steps: Step[]): PlacedStep[] {
  return steps.map((step) => ({
    ...step,
    place: `${where}: ${step.name ?? step.uses ?? step.run ?? ""}`,
  }));
}

function actionSteps(name: string): Step[] {
  const action = read(join(ACTIONS, name, "action.yml")) as { runs: { steps: Step[] } };
  return action.runs.steps;
}

function read(file: string): unknown {
  return parse(readFileSync(file, "utf8"));
}
