import type { ClientWish, ShownKey } from "../../../tailnet/control";
import type { JsonObject } from "../../skeleton/json";
import { known, knownList, type CloudRecord } from "../cloudType";
import type { Act, Tailnet } from "./act";
import { orRefusal, toSeconds, unlessGone } from "./refusal";

/** OAuth clients. */
export function oauthClient({ control }: Tailnet): Act {
  return {
    create: async ({ inputs }) => {
      const asked = control.createClientOf(clientWish(inputs));
      const made = await orRefusal("Failed to create oauth client", asked);
      return { id: made.id, outputs: { ...clientOutputs(made), key: made.key } };
    },
    update: async ({ inputs }, id) => {
      const asked = control.changeClient(id, clientWish(inputs));
      return clientOutputs(await orRefusal("Failed to update oauth client", asked));
    },
    delete: async ({ id }) => {
      await unlessGone("Failed to delete oauth client", control.deleteKey(id));
      return [];
    },
    read: async (record) => {
      const found = await orRefusal("Failed to fetch key", control.findKey(record.id));
      return found && { ...clientOutputs(found), ...clientInputs(found, record) };
    },
  };
}

/** Keys that let devices in. */
export function authKey({ control }: Tailnet): Act {
  return {
    create: async ({ inputs }) => {
      const { expiry } = inputs;
      const asked = control.createKey({
        description: known(inputs, "description") ?? "",
        ...(typeof expiry === "number" && { expirySeconds: expiry }),
        reusable: inputs["reusable"] === true,
        ephemeral: inputs["ephemeral"] === true,
        preauthorized: inputs["preauthorized"] === true,
        tags: knownList(inputs, "tags"),
      });
      const made = await orRefusal("Failed to create key", asked);
      return { id: made.id, outputs: { ...authKeyOutputs(made), key: made.key } };
    },
    delete: async ({ id }) => {
      await unlessGone("Failed to delete key", control.deleteKey(id));
      return [];
    },
    read: async ({ id, state }) => {
      const found = await orRefusal("Failed to fetch key", control.findKey(id));
      const invalid = found?.invalid ?? true;
      return invalid && isMadeAnew(state) ? undefined : { invalid };
    },
  };
}

/** Whether the official provider makes another one once it is worth nothing. */
function isMadeAnew({ recreateIfInvalid, reusable }: JsonObject): boolean {
  return recreateIfInvalid === "always" || (recreateIfInvalid !== "never" && reusable === true);
}

function clientWish(inputs: JsonObject): ClientWish {
  return {
    description: known(inputs, "description") ?? "",
    scopes: knownList(inputs, "scopes"),
    tags: knownList(inputs, "tags"),
  };
}

function clientOutputs({ created, updated, userId }: ShownKey): JsonObject {
  return { createdAt: toSeconds(created), updatedAt: toSeconds(updated), userId };
}

/** What a program says of a client, as it is now. What neither says is not in it. */
function clientInputs({ description, scopes, tags }: ShownKey, { state }: CloudRecord): JsonObject {
  const isSaid = (key: string, value: string | string[]): boolean =>
    state[key] !== undefined || value.length > 0;
  const entries = Object.entries({ description, scopes: scopes ?? [], tags: tags ?? [] });
  return Object.fromEntries(entries.filter(([key, value]) => isSaid(key, value)));
}

function authKeyOutputs({ created, expires = "", invalid, userId }: ShownKey): JsonObject {
  return { createdAt: toSeconds(created), expiresAt: toSeconds(expires), invalid, userId };
}
