import { lockRequirements } from "../host/lockRequirements";
import type { BuildContext } from "./context";
import { IMAGE_FOLDER } from "./inputs";

/**
 * The oldest Python that the lock is for. The image has 3.13; the test that compares it with
 * httpbin from PyPI installs the same lock on the Python of the machine.
 */
const OLDEST_PYTHON = "3.11";

/** Locks what runs in the image. */
export async function lockImage(upgrade: boolean, context: BuildContext): Promise<void> {
  const command = "npm run image -- lock";
  const lock = { folder: IMAGE_FOLDER, oldestPython: OLDEST_PYTHON, upgrade, command };
  await lockRequirements({ ...context, ...lock });
}
