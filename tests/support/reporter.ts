import { reporters, type MochaOptions, type Runner, type Suite, type Test } from "mocha";

const reasons = new WeakMap<object, string>();

/** Skips the running test or, in a `before` hook, all of its suite; and says why in the report. */
export function skip(context: Mocha.Context, reason: string): never {
  const runnable = context.runnable();
  const isHook = "type" in runnable && runnable.type === "hook";
  reasons.set(isHook ? (runnable.parent ?? runnable) : runnable, reason);
  return context.skip();
}

/** The reason of a test, or of the nearest suite around it that has one. */
function reasonOf(runnable: Test | Suite | undefined): string {
  if (runnable === undefined) return "no reason given";
  return reasons.get(runnable) ?? reasonOf(runnable.parent);
}

/** Mocha's own report, with the reason of each skip, and the sum alone on the last line. */
export default class Reporter extends reporters.Spec {
  constructor(runner: Runner, options: MochaOptions) {
    super(runner, options);
    const skipped: Test[] = [];
    runner.on("pending", (test) => skipped.push(test));
    runner.once("end", () => {
      for (const test of skipped) {
        console.log(`skipped: ${test.fullTitle()}: ${reasonOf(test)}`);
      }
      const { passes, failures } = this.stats;
      const rest = skipped.length > 0 ? `, ${String(skipped.length)} skipped` : "";
      console.log(`${String(passes)} passed, ${String(failures)} failed${rest}`);
    });
  }
}
