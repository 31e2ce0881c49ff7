import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { TOOLS, buildArguments, type Tool } from "./tools";

/** Folder of a group's go.mod. */
export function groupFolder(group: string): string {
  return join(__dirname, group);
}

/**
 * Key of all that decides what a group's programs are: its go.mod, go.sum and sources, the
 * build arguments, and the platform. Another key is another folder, so that clones with other pins do not meet.
 */
export function pinKey(group: string, platform = `${process.platform}-${process.arch}`): string {
  const hash = createHash("sha256").update(platform);
  for (const file of readdirSync(groupFolder(group)).sort()) {
    hash.update(readFileSync(join(groupFolder(group), file)));
  }
  for (const tool of TOOLS.filter((one) => one.group === group)) {
    hash.update(JSON.stringify([buildArguments(tool, ""), tool.moduleFiles]));
  }
  return hash.digest("hex").slice(0, 12);
}

/** Where a built tool lies. */
export function builtPath(cache: string, tool: Tool): string {
  return join(cache, "tools", `${tool.group}-${pinKey(tool.group)}`, tool.name);
}

/** Where the copies of a built tool's module files lie. */
export function moduleFilePaths(builtTool: string, tool: Tool): string[] {
  const { paths = [] } = tool.moduleFiles ?? {};
  return paths.map((path) => join(`${builtTool}.files`, basename(path)));
}

/** Where the log of a tool's build lies while it runs, and after it has failed. */
export function buildLog(cache: string, tool: Tool): string {
  return join(cache, "tools", "logs", `${tool.name}.log`);
}
