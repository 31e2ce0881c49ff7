import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { stateFolder } from "../../host/stateFolder";
import { ENGINE_TOOLS } from "../stack/engineTools";
import { ensureTools, type Toolchain } from "../toolchain/toolchain";
import { appsRows } from "./appsRows";
import { liveRows } from "./liveRows";
import type { PartName } from "./parts";
import { previewRows } from "./previewRows";
import { requestsRows } from "./requestsRows";
import type { BenchFile, Row } from "./row";
import { scaleRow } from "./scaleRow";
import { startRows } from "./startRows";

export interface BenchOptions {
  /** Folder for what the measured programs keep. */
  folder: string;
  tools: Toolchain;
  /** How often each thing is done and counted. */
  turns: number;
  /** Whether missing Debian packages may be installed. */
  install: boolean;
  signal: AbortSignal;
  say: (line: string) => void;
}

const PARTS: Readonly<Record<PartName, (options: BenchOptions) => Promise<Row[]>>> = {
  preview: previewRows,
  apps: appsRows,
  live: liveRows,
  start: startRows,
  scale: async (options) => [await scaleRow(options)],
  requests: requestsRows,
};

/** Measures the parts that are named, and keeps their rows in a file. */
export async function bench(
  parts: readonly PartName[],
  out: string,
  options: Omit<BenchOptions, "folder" | "tools">,
): Promise<BenchFile> {
  const { say } = options;
  const startedAt = new Date().toISOString();
  const tools = await ensureTools(ENGINE_TOOLS, options);
  const folder = join(stateFolder(), "bench");
  const file: BenchFile = { version: 1, startedAt, rows: [] };
  await mkdir(dirname(out), { recursive: true });
  for (const part of parts) {
    say(`${part} …`);
    file.rows.push(...(await PARTS[part]({ ...options, folder, tools })));
    // After each part: what has been measured is not lost where the next one fails.
    await writeFile(out, `${JSON.stringify(file, null, 2)}\n`);
  }
  return file;
}
