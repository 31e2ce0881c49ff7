/** How often it is looked whether the engine still lives, in milliseconds. */
const PARENT_CHECK_MS = 1000;

/**
 * Ends this process with the one that started it, however that ended: an engine that was killed says
 * nothing, and its children are given to another parent.
 */
export function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.exit(0);
  }, PARENT_CHECK_MS);
}
