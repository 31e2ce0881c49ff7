import { whileToldTo } from "../cluster/monitoring/tellPrometheus";
import { provideKubernetesPlugin } from "../providers/kubernetesPlugin";
import { askApp, autoscalerReading, outputsOf } from "./app";
import type { Engine } from "./engine";
import { httpsReport, untilHttpsAnswers } from "./httpsAnswer";
import { overlayHome, overlayReport } from "./overlay";
import { MADE_UP_SECRET, overlayLive, SECRET_KEY } from "./overlayLive";
import type { Place } from "./place";
import { programClient, type ProgramClient } from "./programClient";
import { ownConfig, projectConfig, writeProject } from "./projectFolder";
import { recoverStack } from "./recoverStack";
import { cloudSentence, prepareCloud } from "./simulatedCloud";

export interface StackOptions {
  stack: string;
  say: (line: string) => void;
  /** Ends the engine, which then leaves what it has made in its state. */
  signal?: AbortSignal;
  /** Whether what the engine says of the update is kept to itself, unless it fails. @default false */
  quiet?: boolean;
}

/** Gets an engine ready for a stack: its plugin, its config, the stack itself. */
export async function prepareStack(place: Place, { stack, say }: StackOptions): Promise<void> {
  const { engine, target, cloud, tailnet } = place;
  if (cloud === undefined) {
    const plugin = await provideKubernetesPlugin({ pulumiHome: engine.home, env: engine.env });
    say(plugin.message);
  } else {
    await prepareCloud(cloud);
    say(cloudSentence(tailnet ? "real" : "simulated"));
  }
  const { project } = engine.folders;
  const client =
    tailnet && (await programClient(tailnet.control, await projectConfig(project, stack)));
  const overlay = cloud === undefined ? overlayHome : overlayLive;
  const { config, changes } = overlay(await ownConfig(stack), {
    ...target,
    ...(client && { oauthClientId: client.id }),
  });
  const secret = secretOf(place, client);
  await writeProject(project, stack, config, secret?.isNew === false ? [secret.key] : []);
  say(overlayReport(stack, changes));
  await engine.select(stack);
  if (secret !== undefined) await setSecret(engine, stack, secret);
}

interface Secret {
  /** Full key in the stack's config. */
  key: string;
  value: string;
  /** Whether it takes the place of one that the sandbox's own config may have. */
  isNew: boolean;
}

/** The secret that a stack needs in its place; its own is encrypted for its owner alone. */
function secretOf({ cloud, target }: Place, client?: ProgramClient): Secret | undefined {
  const { edge } = target;
  if (cloud !== undefined) {
    const { secret } = client ?? {};
    return { key: SECRET_KEY, value: secret ?? MADE_UP_SECRET, isNew: secret !== undefined };
  }
  return edge && { key: "k8s-test:dnsToken", value: edge.rfc2136.tsigSecret, isNew: false };
}

/** Encrypts a secret for the sandbox's own stack, unless that has been done. */
async function setSecret(engine: Engine, stack: string, { key, value }: Secret): Promise<void> {
  if (key in (await projectConfig(engine.folders.project, stack))) return;
  await engine.read(["config", "set", "--secret", "--stack", stack, key], { input: value });
}

/** Runs `pulumi up` of a stack, and goes on with what an earlier run may have been cut off at. */
export async function applyStack(place: Place, options: StackOptions): Promise<void> {
  const { engine } = place;
  const { stack, signal, quiet = false } = options;
  await prepareStack(place, options);
  await recoverStack(engine, stack, options);
  const args = ["up", "--yes", "--skip-preview", "--stack", stack];
  const up = async (): Promise<void> => {
    await (quiet ? engine.read(args, { ...(signal && { signal }) }) : engine.show(args, signal));
  };
  await (place.monitored === undefined ? up() : whileToldTo(place.monitored, up));
}

/** Applies a stack, then asks the app and its autoscaler how they are. */
export async function upStack(place: Place, options: StackOptions): Promise<void> {
  const { engine, podsRun, cloud } = place;
  const { stack, signal, say } = options;
  await applyStack(place, options);

  const outputs = await outputsOf(engine, stack);
  if (podsRun) say(`httpbin answers: ${await askApp(engine, outputs, "/uuid", signal)}`);
  const { replicas, cpuPercent, memory } = await autoscalerReading(engine, outputs, signal);
  const pods = replicas === 1 ? "1 pod" : `${String(replicas)} pods`;
  const whose = podsRun ? "" : " (simulated)";
  say(`The autoscaler reads${whose}: ${pods}, cpu ${String(cpuPercent)} %, memory ${memory} each.`);
  const { edge } = place.target;
  if (edge === undefined || cloud !== undefined) return;
  const url = `${outputs.url}/uuid`;
  const answer = await untilHttpsAnswers(url, edge, { ...(signal && { signal }) });
  say(httpsReport(url, answer, edge));
}
