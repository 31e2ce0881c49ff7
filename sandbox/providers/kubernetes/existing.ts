import type { JsonObject } from "../skeleton/json";
import { describe, idOf } from "./cluster";
import { isManagedBy, type ObjectKey } from "./objects";

export interface TakeOver {
  fieldManager: string;
  /** Type token and name of the resource, for the command that mends it. */
  type: string;
  name: string;
  upsert: boolean;
  /** The state has the resource: what is there is the object that is to be replaced. */
  isKnown: boolean;
}

/**
 * Refuses to make an object that exists already, or deleting the resource would delete what somebody
 * else made. One that was applied for the very same resource is ours: an update was cut off before
 * the engine could write it down.
 *
 * @throws Error with what to do.
 */
export function refuseExisting(
  key: ObjectKey,
  existing: JsonObject,
  { fieldManager, type, name, upsert, isKnown }: TakeOver,
): void {
  if (upsert || (!isKnown && isManagedBy(existing, fieldManager))) return;
  if (isKnown) {
    throw new Error(
      `${describe(key)} is to be replaced, but the old one is still there, and two of a name ` +
        "cannot be. Set the resource's option `deleteBeforeReplace`, or give it another name.",
    );
  }
  throw new Error(
    `${describe(key)} exists already, and this resource did not make it. Take it over with ` +
      `\`pulumi import ${type} ${name} ${idOf(key)}\`, delete it, or give this one another name.`,
  );
}
