import { provideKubernetesPlugin } from "../providers/kubernetesPlugin";
import { askApp, autoscalerReading, outputsOf } from "./app";
import { Engine } from "./engine";
import { overlayHome, overlayReport } from "./overlay";
import type { Place } from "./place";
import { ownConfig, writeProject } from "./projectFolder";
import { recoverStack } from "./recoverStack";

export interface StackOptions {
  stack: string;
  say: (line: string) => void;
  /** Ends the engine, which then leaves what it has made in its state. */
  signal?: AbortSignal;
}

/** Gets an engine ready for a stack: its plugin, its config, the stack itself. */
export async function prepareStack(place: Place, { stack, say }: StackOptions): Promise<void> {
  const { engine, target } = place;
  const plugin = await provideKubernetesPlugin({ pulumiHome: Engine.home, env: engine.env });
  say(plugin.message);
  const { config, changes } = overlayHome(await ownConfig(stack), target);
  await writeProject(engine.folders.project, stack, config);
  say(overlayReport(stack, changes));
  await engine.select(stack);
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
