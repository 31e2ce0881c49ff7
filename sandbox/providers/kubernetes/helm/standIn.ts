import { textAt, type JsonObject } from "../../skeleton/json";

/** Value of `status.status` of a release that was only written down. */
export const NOT_INSTALLED = "simulated: NOT installed";

/** Whether a release was only written down. */
export function isStandIn(state: JsonObject): boolean {
  return state["simulated"] === true;
}

/**
 * State of a release whose chart cannot be had: what was asked for, and the mark that nothing of it
 * is on the cluster.
 */
export function standIn(inputs: JsonObject): JsonObject {
  return {
    ...inputs,
    simulated: true,
    resourceNames: {},
    status: {
      name: textAt(inputs, "name") ?? "",
      namespace: textAt(inputs, "namespace") ?? "",
      chart: textAt(inputs, "chart") ?? "",
      version: textAt(inputs, "version") ?? "",
      appVersion: "",
      revision: 0,
      status: NOT_INSTALLED,
    },
  };
}

/** What the user is told of it when it is written down. */
export function standInWarning(inputs: JsonObject, url: string, why: string): string {
  return (
    `The chart repository ${url} cannot be reached (${why}). Release ` +
    `"${textAt(inputs, "name") ?? ""}" is NOT installed: it is only written into the state, ` +
    "marked `simulated`. What it would bring must be on the cluster already. Once the repository " +
    "can be reached, install it with `pulumi up --replace` and the URN of the release."
  );
}

/** What the user is told of it ever after. */
export function standInReminder(id: string): string {
  return `Release ${id} is NOT installed: it is only written into the state.`;
}

/** What the user is told where another chart is installed than the one that is asked for. */
export function otherChartWarning(inputs: JsonObject): string {
  return (
    `Release "${textAt(inputs, "name") ?? ""}" is installed from the sandbox's own stand-in of ` +
    `${textAt(inputs, "chart") ?? ""}: it makes the kinds and objects that others look for, and ` +
    "nothing of it does the work of the real one."
  );
}
