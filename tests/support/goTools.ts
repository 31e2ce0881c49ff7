import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const TOOLS = join(__dirname, "..", "tools");

/** Whether there is a Go to build tools with. */
export async function hasGo(): Promise<boolean> {
  try {
    await run("go", ["version"]);
    return true;
  } catch {
    return false;
  }
}

/** What a tool said, and with which exit code it ended. */
export interface ToolResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs a tool of a `go.mod` in `tests/tools`, which Go builds the first time and keeps.
 *
 * @param group - Folder of the go.mod.
 */
export async function goTool(group: string, tool: string, args: string[]): Promise<ToolResult> {
  const options = { cwd: join(TOOLS, group), maxBuffer: 64 * 1024 * 1024 };
  try {
    return { exitCode: 0, ...(await run("go", ["tool", tool, ...args], options)) };
  } catch (error) {
    if (!isExit(error)) throw error;
    return { exitCode: error.code, stdout: error.stdout, stderr: error.stderr };
  }
}

function isExit(error: unknown): error is { code: number; stdout: string; stderr: string } {
  return error instanceof Error && "code" in error && typeof error.code === "number";
}
