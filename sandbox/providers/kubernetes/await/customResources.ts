import { textAt, type JsonObject } from "../../skeleton/json";
import { condition, explain, isTrue } from "./conditions";
import { failed, READY, waiting, type Readiness } from "./readiness";

/** Served by the API. */
export function customResourceDefinition(object: JsonObject): Readiness {
  const names = condition(object, "NamesAccepted");
  if (textAt(names, "status") === "False") {
    return failed(`the names of the kind are taken: ${explain(names)}`);
  }
  return isTrue(object, "Established") ? READY : waiting("the kind to be served");
}
