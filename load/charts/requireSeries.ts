import { UserError } from "../../host/userError";
import type { LoadRecord } from "../record";

/** @throws UserError where a series that the charts are about is empty; with all that are. */
export function requireSeries(record: LoadRecord): void {
  const { samples, target, startedAt } = record;
  const problems: string[] = [];
  if (samples.length < 2) {
    problems.push(
      `it has ${samples.length === 0 ? "no samples" : "1 sample"}, and a line needs 2 at least`,
    );
  }
  if (samples.every(({ metrics }) => metrics.length === 0)) {
    problems.push(
      `its samples have no metrics: the autoscaler ${target.namespace}/${target.autoscaler} never read one`,
    );
  }
  if (problems.length === 0) return;
  throw new UserError(
    `No charts can be drawn of the load test that began at ${startedAt}: ${problems.join("; ")}.`,
  );
}
