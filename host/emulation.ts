import { access, readFile } from "node:fs/promises";
import { arch as hostArch } from "node:os";

import { run, tryRun } from "./run";
import { ensureTools, isRoot } from "./tools";
import { UserError } from "./userError";

/** Architectures by their names in image manifests and in Debian. */
export type Architecture = "amd64" | "arm64";

const BINFMT = "/proc/sys/fs/binfmt_misc";

/** The names of an architecture elsewhere: in Node, and in QEMU. */
const NAMES = {
  amd64: { node: "x64", qemu: "x86_64" },
  arm64: { node: "arm64", qemu: "aarch64" },
} as const;

/** The architecture of this machine. @throws UserError where it is neither of the two. */
export function hostArchitecture(name: string = hostArch()): Architecture {
  if (name === NAMES.amd64.node) return "amd64";
  if (name === NAMES.arm64.node) return "arm64";
  throw new UserError(`This machine is of the architecture ${name}: amd64 or arm64 is needed.`);
}

/**
 * Sees to it that programs of an architecture run on this machine: through QEMU, where it is not
 * its own. What that installs and registers stays, as it does with the packages' own installer.
 *
 * @throws UserError where the kernel has no binfmt_misc, or the packages may not be installed.
 */
export async function ensureRuns(
  architecture: Architecture,
  options: { install: boolean; say: (line: string) => void; log: string },
): Promise<void> {
  if (architecture === hostArchitecture()) return;
  const handler = `qemu-${NAMES[architecture].qemu}`;
  if (await isRegistered(handler)) return;

  await ensureTools(
    [
      { program: `${handler}-static`, package: "qemu-user-static" },
      { program: "update-binfmts", package: "binfmt-support" },
    ],
    options,
  );
  if (!isRoot()) {
    throw new UserError(
      `Programs for ${architecture} do not run here yet. Run: sudo update-binfmts --enable ${handler}`,
    );
  }
  if (!(await exists(`${BINFMT}/register`))) {
    const mounted = await tryRun("mount", ["-t", "binfmt_misc", "binfmt_misc", BINFMT], options);
    if (!mounted.ok) {
      throw new UserError(
        `This kernel runs no programs of other architectures (no binfmt_misc): build for ${architecture} on a machine of that kind.`,
      );
    }
  }
  options.say(`Registering ${handler} with the kernel, for programs of ${architecture}`);
  await run("update-binfmts", ["--enable", handler], { log: options.log });
  if (!(await isRegistered(handler))) {
    throw new UserError(
      `${handler} did not register with the kernel. See: update-binfmts --display ${handler}`,
    );
  }
}

/** Whether the kernel knows the handler and opened it beforehand, so that it works in a container. */
async function isRegistered(handler: string): Promise<boolean> {
  const entry = await readFile(`${BINFMT}/${handler}`, "utf8").catch(() => "");
  return entry.startsWith("enabled") && /^flags: .*F/m.test(entry);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
