import { at, listAt, textAt } from "../inputs";
import type { ResourceRule } from "../rule";
import { containersOf, podSpecOf, WORKLOADS } from "../workloads";

/** A secret is read from a file. */
export const secretsAsFiles: ResourceRule = {
  name: "secrets-as-files",
  demands: "Containers get secrets as files, not as environment variables.",
  why: "the environment is seen in dumps and logs, and handed on to each child process",
  allowed: "a volume of the Secret; no secretKeyRef, no secretRef",
  mend: () => "mount the Secret as a volume, and have the program read the file",
  cis: ["4.4.1"],
  types: WORKLOADS,
  judge: (resource) =>
    containersOf(podSpecOf(resource)).flatMap(({ name, spec }) => [
      ...listAt(spec, "env")
        .filter((variable) => at(variable, "valueFrom.secretKeyRef") !== undefined)
        .map((variable) => `container ${name}: env ${textAt(variable, "name") ?? ""} of a Secret`),
      ...listAt(spec, "envFrom")
        .filter((source) => at(source, "secretRef") !== undefined)
        .map(() => `container ${name}: envFrom a Secret`),
    ]),
};
