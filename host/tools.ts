import which from "which";

import { installPackages, isDebian } from "./packages";
import { tryRun } from "./run";
import { UserError } from "./userError";

/** A program, and the Debian package that has it. */
export interface Tool {
  program: string;
  package: string;
  /** Arguments with which it succeeds only if it is of use. @default it need only be there */
  check?: string[];
}

/** What decides whether missing packages can be installed. */
export interface Installer {
  /** Whether this process may install packages. */
  root: boolean;
  /** Whether the machine runs Debian or a descendant of it. */
  debian: boolean;
  /** Whether the user lets packages be installed. */
  allowed: boolean;
}

/**
 * Why packages that are missing will not be installed, with the way to mend it, in one sentence.
 * Undefined where they will be.
 */
export function refusal(packages: readonly string[], installer: Installer): string | undefined {
  if (packages.length === 0) return undefined;
  const names = packages.join(" ");
  const command = `${installer.root ? "" : "sudo "}apt-get install --yes ${names}`;
  if (!installer.debian) {
    return `Not installed: ${names} (Debian's names). This machine is neither Debian nor Ubuntu: install them with its own package manager.`;
  }
  if (!installer.allowed) {
    return `Not installed: ${names}. Run: ${command}, or leave --no-install away.`;
  }
  if (!installer.root) {
    return `Not installed: ${names}. Installing needs root. Run: ${command}`;
  }
  return undefined;
}

/**
 * Installs the packages of the programs that are not on the PATH, after saying so.
 *
 * @throws UserError that names them, where they may or can not be installed.
 */
export async function ensureTools(
  tools: readonly Tool[],
  { install, say, log }: { install: boolean; say: (line: string) => void; log: string },
): Promise<void> {
  const missing = await missingPackages(tools);
  const problem = refusal(missing, {
    root: isRoot(),
    debian: isDebian(),
    allowed: install,
  });
  if (problem !== undefined) throw new UserError(problem);
  if (missing.length === 0) return;

  await installPackages(missing, { say, log });
}

async function missingPackages(tools: readonly Tool[]): Promise<string[]> {
  const found = await Promise.all(
    tools.map(
      async ({ program, check }) =>
        (await isInstalled(program)) && (check === undefined || (await tryRun(program, check)).ok),
    ),
  );
  return [...new Set(tools.filter((_, i) => found[i] !== true).map((tool) => tool.package))];
}

/** Whether a program is on the PATH, or in the folders of those for root. */
export async function isInstalled(program: string): Promise<boolean> {
  const path = `${process.env["PATH"] ?? ""}:/usr/sbin:/sbin`;
  return (await which(program, { path, nothrow: true })) !== null;
}

/** Whether this process runs as root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
