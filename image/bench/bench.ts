import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { hostArchitecture } from "../../host/emulation";
import { ensureTools, isRoot } from "../../host/tools";
import { UserError } from "../../host/userError";
import { buildImage } from "../build";
import { Container, CONTAINER_TOOLS, unpack } from "../container";
import type { BuildContext } from "../context";
import { arrange } from "./arrangement";
import { BASELINE, CANDIDATES } from "./candidates";
import { measure, type Ready, type Run } from "./measure";
import { markdown } from "./table";

/** What a server may take: less than a pod gets by default, so that none is carried by memory. */
const LIMITS = { memory: 128 * 2 ** 20, cores: 1 };

const TOOLS = [
  ...CONTAINER_TOOLS,
  { program: "curl", package: "curl" },
  { program: "mmdebstrap", package: "mmdebstrap" },
  { program: "wrk", package: "wrk" },
];

/**
 * Measures all servers in rounds, and prints the medians as tables. With `add`, the rounds join
 * those that were measured before.
 */
export async function bench(
  { rounds, seconds, add }: { rounds: number; seconds: number; add: boolean },
  context: BuildContext,
): Promise<void> {
  if (!isRoot()) throw new UserError("Measuring needs root. Run: sudo npm run image -- bench");
  await ensureTools(TOOLS, context);
  const { archive } = await buildImage(hostArchitecture(), context);
  const bundle = await unpack(archive);
  const folder = join(context.cache, "bench");
  await mkdir(folder, { recursive: true });
  const place = { folder, bundle, limits: LIMITS };
  const arranged = [];
  for (const candidate of CANDIDATES) {
    arranged.push({ candidate, adapt: await arrange(candidate, place, context) });
  }

  const record = join(folder, "runs.json");
  const runs = add ? await recorded(record) : [];
  const before = Math.max(0, ...runs.flatMap((run) => run.measurements.map(({ round }) => round)));
  for (let round = 1; round <= rounds; round++) {
    context.say(`round ${String(round)} of ${String(rounds)}`);
    const containers: Container[] = [];
    try {
      const servers: Ready[] = [];
      for (const { candidate, adapt } of arranged) {
        const container = await Container.start(bundle, { limits: LIMITS, adapt });
        containers.push(container);
        servers.push({ candidate: candidate.name, container, start: await container.ready(30) });
      }
      runs.push(...(await measure(servers, before + round, seconds)));
    } finally {
      for (const container of containers) await container.remove();
    }
    await writeFile(record, JSON.stringify(runs, null, 2));
  }
  console.log(markdown(runs, BASELINE.name));
}

async function recorded(file: string): Promise<Run[]> {
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Run[]) : [];
}
