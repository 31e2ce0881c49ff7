import { reporters, type MochaOptions, type Runner, type Suite, type Test } from "mocha";

const reasons = new WeakMap<object, string>();

/** Skips the running test or, in a `before` hook, all of its suite; and says why in the report. */
export function skip(context: Mocha.Context, reason: string): never {
  const runnable = context.runnable();
  const isHook = "type" in runnable && runnable.type === "hook";
  const skipped = isHook ? (runnable.parent ?? runnable) : runnable;
  reasons.set(skipped, reason);
  if (isOneOfSeveral()) console.log(line(skipped.fullTitle(), reason));
  return context.skip();
}

/** Whether files run side by side, each in a process of its own, whose reasons no report hears of. */
function isOneOfSeveral(): boolean {
  return process.env["MOCHA_WORKER_ID"] !== undefined;
}

function line(title: string, reason: string): string {
  return `skipped: ${title}: ${reason}`;
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
      // Of files that run side by side, it has been said when it was skipped.
      for (const test of options.parallel === true ? [] : skipped) {
        console.log(line(test.fullTitle(), reasonOf(test)));
      }
      const { passes, failures } = this.stats;
      const rest = skipped.length > 0 ? `, ${String(skipped.length)} skipped` : "";
      console.log(`${String(passes)} passed, ${String(failures)} failed${rest}`);
    });
  }
}
