import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { UserError } from "../../host/userError";
import { run, tryRun } from "../../host/run";
import { explainBuildFailure } from "./buildFailure";
import { buildLog, builtPath, groupFolder, moduleFilePaths } from "./pin";
import { buildArguments, buildEnvironment, type Tool } from "./tools";

/**
 * Builds one tool into the cache. The program appears under its name only when it is whole, so that
 * an interrupted build leaves nothing that could be taken for a tool; what was compiled stays in
 * Go's build cache, and the next try goes on from there.
 *
 * @throws UserError with the cause and the log's path.
 */
export async function buildTool(cache: string, tool: Tool, signal?: AbortSignal): Promise<void> {
  const target = builtPath(cache, tool);
  const log = buildLog(cache, tool);
  const unfinished = `${target}.unfinished-${String(process.pid)}`;
  await mkdir(dirname(target), { recursive: true });
  await mkdir(dirname(log), { recursive: true });
  try {
    const { ok, all, reason } = await tryRun("go", buildArguments(tool, unfinished), {
      cwd: groupFolder(tool.group),
      env: buildEnvironment(tool),
      timeout: 0,
      ...(signal && { signal }),
    });
    if (!ok) {
      await writeFile(log, `${all}\n${reason}\n`);
      throw new UserError(explainBuildFailure(tool.name, all === "" ? reason : all, log));
    }
    await copyModuleFiles(target, tool);
    await rename(unfinished, target);
    await rm(log, { force: true });
  } finally {
    await rm(unfinished, { force: true });
  }
}

async function copyModuleFiles(target: string, tool: Tool): Promise<void> {
  const { moduleFiles } = tool;
  if (moduleFiles === undefined) return;
  const options = { cwd: groupFolder(tool.group), env: buildEnvironment(tool) };
  // A build downloads the modules that it compiles; of this one it may compile nothing.
  const download = await run("go", ["mod", "download", "-json", moduleFiles.module], options);
  const { Dir: folder } = JSON.parse(download) as { Dir: string };
  const copies = moduleFilePaths(target, tool);
  for (const [index, path] of moduleFiles.paths.entries()) {
    const copy = copies[index] ?? "";
    await mkdir(dirname(copy), { recursive: true });
    await writeFile(copy, await readFile(join(folder, path)));
  }
}
