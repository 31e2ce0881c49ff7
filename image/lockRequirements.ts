import { join } from "node:path";

import { pythonEnvironment } from "../host/pythonEnvironment";
import { run } from "../host/run";
import type { BuildContext } from "./context";
import { IMAGE_FOLDER } from "./inputs";

/** The resolver, pinned so that the same input gives the same file. */
export const UV = "uv==0.13.9";

/**
 * The oldest Python that the lock is for. The image has 3.13; the test that compares it with
 * httpbin from PyPI installs the same lock on the Python of the machine.
 */
const OLDEST_PYTHON = "3.11";

/** Writes requirements.txt: every package that requirements.in needs, with the hashes of its files. */
export async function lockRequirements(upgrade: boolean, context: BuildContext): Promise<void> {
  const bin = await pythonEnvironment(context.cache, [UV], context);
  const args = [
    ...["pip", "compile", "--quiet", "--universal", "--python-version", OLDEST_PYTHON],
    ...["--generate-hashes", "--no-annotate", ...(upgrade ? ["--upgrade"] : [])],
    ...["--custom-compile-command", "npm run image -- lock"],
    ...["--output-file", "requirements.txt", "requirements.in"],
  ];
  await run(join(bin, "uv"), args, { cwd: IMAGE_FOLDER, log: context.log });
  context.say(`Written: ${join(IMAGE_FOLDER, "requirements.txt")}`);
}
