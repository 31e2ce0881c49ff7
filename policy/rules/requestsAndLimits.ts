import { at } from "../inputs";
import type { ResourceRule } from "../rule";
import { containersOf, podSpecOf, WORKLOADS } from "../workloads";

const AMOUNTS = ["requests", "limits"].flatMap((kind) => [`${kind}.cpu`, `${kind}.memory`]);

/** A container says what it needs, and what it takes at most. */
export const requestsAndLimits: ResourceRule = {
  name: "requests-and-limits",
  demands: "Containers have requests and limits of cpu and memory.",
  why: "without requests a node is overbooked and no autoscaler has a measure; without limits one pod takes it all",
  allowed: AMOUNTS.join(", "),
  mend: () => "set resources of the container: of the app they come from app.resources",
  types: WORKLOADS,
  judge: (resource) =>
    containersOf(podSpecOf(resource))
      .map(({ name, spec }) => ({
        name,
        missing: AMOUNTS.filter((path) => at(spec, `resources.${path}`) === undefined),
      }))
      .filter(({ missing }) => missing.length > 0)
      .map(({ name, missing }) => `container ${name} is without ${missing.join(", ")}`),
};
