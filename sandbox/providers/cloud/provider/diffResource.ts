import { difference, touching } from "../../skeleton/difference";
import { textAt } from "../../skeleton/json";
import type { Change, DiffRequest, DiffResult } from "../../skeleton/resourceProvider";
import { same } from "../../skeleton/json";
import { shapeOf } from "../shapes";
import { typeOf } from "../table";
import { isMadeUp } from "./checkResource";
import { subjectOf, type Context } from "./context";
import { common, withoutDefaults } from "./state";

/** Changes of inputs, and which of them only a new resource can take. */
export function diffResource(context: Context, request: DiffRequest): DiffResult {
  const type = typeOf(request.type);
  const { name, state, oldInputs, news } = request;
  const changes = difference(withoutDefaults(oldInputs.values), withoutDefaults(news.values));
  const subject = subjectOf(context, type, { name, seed: name, inputs: news.values });
  // What the provider's own config says of a resource is no input of it.
  for (const [key, value] of Object.entries(
    common(shapeOf(request.type), context.settings, subject),
  )) {
    const before = state.values[key];
    if (before !== undefined && !same(before, value)) changes.set(key, "update" satisfies Change);
  }
  const replaces = [...type.fixed, "region"].flatMap((field) => touching(changes, field));
  const key = type.nameInput;
  // Two of a name cannot be at a time.
  const deleteBeforeReplace =
    key !== undefined &&
    !isMadeUp(news.values, key) &&
    textAt(news.values, key) !== undefined &&
    textAt(news.values, key) === textAt(oldInputs.values, key);
  return { changes, replaces: [...new Set(replaces)], deleteBeforeReplace };
}
