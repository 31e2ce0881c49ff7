import { isObject, numberAt, textAt, type JsonObject } from "../../skeleton/json";
import type { CheckFailure } from "../../skeleton/resourceProvider";

/** Inputs that become a flag of `helm upgrade --install` where they are true. */
const FLAGS: Readonly<Record<string, string>> = {
  atomic: "--atomic",
  cleanupOnFail: "--cleanup-on-fail",
  createNamespace: "--create-namespace",
  dependencyUpdate: "--dependency-update",
  devel: "--devel",
  disableOpenapiValidation: "--disable-openapi-validation",
  disableWebhooks: "--no-hooks",
  forceUpdate: "--force",
  renderSubchartNotes: "--render-subchart-notes",
  resetValues: "--reset-values",
  reuseValues: "--reuse-values",
  skipCrds: "--skip-crds",
  takeOwnership: "--take-ownership",
  waitForJobs: "--wait-for-jobs",
};

/** Inputs that are used in another way than by a flag. */
const USED = [
  "allowNullValues",
  "chart",
  "compat",
  "description",
  "maxHistory",
  "name",
  "namespace",
  "repositoryOpts",
  "skipAwait",
  "timeout",
  "values",
  "version",
];

/** What of a release's inputs the offline provider cannot do. */
export function unsupportedInputs(inputs: JsonObject): CheckFailure[] {
  const known = new Set([...Object.keys(FLAGS), ...USED]);
  const unknown = Object.entries(inputs)
    .filter(([key, value]) => !known.has(key) && value !== false && !isEmpty(value))
    .map(([key]) => key);
  const repository = inputs["repositoryOpts"];
  const login = isObject(repository) ? Object.keys(repository).filter((key) => key !== "repo") : [];
  return [...unknown, ...login.map((key) => `repositoryOpts.${key}`)].map((property) => ({
    property,
    reason:
      `the offline provider does not do this for helm.v3.Release; leave ${property} out, or use ` +
      "a chart in a local folder or archive with plain values",
  }));
}

/**
 * Arguments of helm that install a release or change it. Values are not among them: they may be
 * secret, and arguments can be seen by everybody on the machine.
 *
 * @param valuesFile - Path of the file that holds the values.
 */
export function upgradeArguments(inputs: JsonObject, valuesFile: string): string[] {
  const text = (...path: string[]): string => textAt(inputs, ...path) ?? "";
  const option = (flag: string, value: string): string[] => (value === "" ? [] : [flag, value]);
  const flags = Object.entries(FLAGS).filter(([key]) => inputs[key] === true);
  return [
    "upgrade",
    text("name"),
    text("chart"),
    "--install",
    ...["--namespace", text("namespace")],
    ...["--values", valuesFile],
    ...option("--repo", text("repositoryOpts", "repo")),
    ...option("--version", text("version")),
    ...option("--description", text("description")),
    ...option("--history-max", String(numberAt(inputs, "maxHistory") ?? "")),
    ...["--timeout", `${String(numberAt(inputs, "timeout") ?? 300)}s`],
    ...(inputs["skipAwait"] === true ? [] : ["--wait"]),
    ...flags.map(([, flag]) => flag),
  ];
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
