import { provideKubernetesPlugin } from "../providers/kubernetesPlugin";
import { askApp, autoscalerReading, outputsOf } from "./app";
import type { Engine } from "./engine";
import { overlayHome, overlayReport } from "./overlay";
import { MADE_UP_SECRET, overlayLive } from "./overlayLive";
import type { Place } from "./place";
import { ownConfig, projectConfig, writeProject } from "./projectFolder";
import { recoverStack } from "./recoverStack";
import { CLOUD_SENTENCE, prepareCloud } from "./simulatedCloud";

export interface StackOptions {
  stack: string;
  say: (line: string) => void;
  /** Ends the engine, which then leaves what it has made in its state. */
  signal?: AbortSignal;
}

/** Gets an engine ready for a stack: its plugin, its config, the stack itself. */
export async function prepareStack(place: Place, { stack, say }: StackOptions): Promise<void> {
  const { engine, target, cloud } = place;
  if (cloud === undefined) {
    const plugin = await provideKubernetesPlugin({ pulumiHome: engine.home, env: engine.env });
    say(plugin.message);
  } else {
    await prepareCloud(cloud);
    say(CLOUD_SENTENCE);
  }
  const overlay = cloud === undefined ? overlayHome : overlayLive;
  const { config, changes } = overlay(await ownConfig(stack), target);
  const { project } = engine.folders;
  await writeProject(project, stack, config, cloud === undefined ? [] : [MADE_UP_SECRET.key]);
  say(overlayReport(stack, changes));
  await engine.select(stack);
  if (cloud !== undefined) await makeUpSecret(engine, stack);
}

/** Encrypts a secret for the sandbox's own stack, unless that has been done. */
async function makeUpSecret(engine: Engine, stack: string): Promise<void> {
  const { key, value } = MADE_UP_SECRET;
  if (key in (await projectConfig(engine.folders.project, stack))) return;
  await engine.read(["config", "set", "--secret", "--stack", stack, key, value]);
}

/** Shows what `pulumi up` of a stack would do. */
export async function previewStack(place: Place, options: StackOptions): Promise<void> {
  await prepareStack(place, options);
  await place.engine.show(["preview", "--diff", "--stack", options.stack], options.signal);
}

/** Runs `pulumi up` of a stack, and goes on with what an earlier run may have been cut off at. */
export async function applyStack(place: Place, options: StackOptions): Promise<void> {
  const { engine } = place;
  const { stack, signal } = options;
  await prepareStack(place, options);
  await recoverStack(engine, stack, options);
  await engine.show(["up", "--yes", "--skip-preview", "--stack", stack], signal);
}

/** Applies a stack, then asks the app and its autoscaler how they are. */
export async function upStack(place: Place, options: StackOptions): Promise<void> {
  const { engine, podsRun } = place;
  const { stack, signal, say } = options;
  await applyStack(place, options);

  const outputs = await outputsOf(engine, stack);
  if (podsRun) say(`httpbin answers: ${await askApp(engine, outputs, "/uuid", signal)}`);
  const { replicas, cpuPercent, memory } = await autoscalerReading(engine, outputs, signal);
  const pods = replicas === 1 ? "1 pod" : `${String(replicas)} pods`;
  const whose = podsRun ? "" : " (simulated)";
  say(`The autoscaler reads${whose}: ${pods}, cpu ${String(cpuPercent)} %, memory ${memory} each.`);
}
