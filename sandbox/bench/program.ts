import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { stringify } from "yaml";

import { provideKubernetesPlugin } from "../providers/kubernetesPlugin";
import { Engine } from "../stack/engine";
import type { Toolchain } from "../toolchain/toolchain";

/** A program that is there to be measured, by the name of its folder in `programs/`. */
export interface BenchProgram {
  program: "empty" | "apps";
  /** Folder of its project and state. */
  folder: string;
  tools: Toolchain;
  config?: Readonly<Record<string, string | number>>;
}

const PROJECT = "bench";
const STACK = "bench";

/** An engine with an empty stack of a program, ready to run. */
export async function engineOf(bench: BenchProgram): Promise<Engine> {
  // A run that was cut off has left a state, of a cluster that is gone.
  await rm(bench.folder, { recursive: true, force: true });
  const engine = await Engine.in(bench.folder, bench.tools);
  await provideKubernetesPlugin({ pulumiHome: engine.home, env: engine.env });
  const { project } = engine.folders;
  const main = join(__dirname, "programs", bench.program);
  const config = Object.entries(bench.config ?? {}).map(([key, value]) => [
    `${PROJECT}:${key}`,
    value,
  ]);
  await mkdir(project, { recursive: true, mode: 0o700 });
  const file = { name: PROJECT, runtime: "nodejs", main };
  await writeFile(join(project, "Pulumi.yaml"), stringify(file));
  await writeFile(
    join(project, `Pulumi.${STACK}.yaml`),
    stringify({ config: Object.fromEntries(config) as object }),
  );
  await engine.select(STACK);
  return engine;
}
