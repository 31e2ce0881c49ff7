import type { JsonObject } from "../skeleton/json";
import { NOWHERE, type Subject } from "./cloudType";
import { known } from "./cloudType";
import { placeIn, REGION } from "./places";
import { stateOf } from "./provider/state";
import { shapeOf } from "./shapes";
import { functionOf, typeOf } from "./table";

/** When everything was made that mocks make. */
const NOW = "2026-01-01T00:00:00.000Z";

/**
 * What a resource of a cloud is once it is made: its id, and its state. The same for the same name.
 *
 * @throws where the table has no such type.
 */
export function mockOutputs(
  type: string,
  name: string,
  inputs: object,
): { id: string; state: JsonObject } {
  const cloudType = typeOf(type);
  const { nameInput } = cloudType;
  const given = inputs as JsonObject;
  const region = known(given, "region") ?? REGION;
  const subject: Subject = {
    place: placeIn(region),
    name,
    seed: name,
    inputs: nameInput === undefined ? given : { [nameInput]: name, ...given },
    before: undefined,
    existence: NOWHERE,
    api: undefined,
    now: NOW,
  };
  const id = cloudType.id(subject);
  const settings = { region, defaultTags: {} };
  return { id, state: stateOf(cloudType, shapeOf(type), settings, subject, id) };
}

/**
 * What a function of a cloud answers.
 *
 * @throws where the table has no such function.
 */
export function mockCall(token: string, args: object): JsonObject {
  const given = args as JsonObject;
  const place = placeIn(known(given, "region") ?? REGION);
  return functionOf(token)(given, { place, existence: NOWHERE, api: undefined });
}
