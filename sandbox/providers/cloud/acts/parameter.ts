import { known, text } from "../cloudType";
import type { JsonObject } from "../../skeleton/json";
import type { Act, Tailnet } from "./act";

/** Parameters of the parameter store: their values are nowhere but in its memory. */
export function parameter({ fleet }: Tailnet): Act {
  const set = async (inputs: JsonObject): Promise<void> => {
    const values = ["value", "insecureValue", "valueWo"].map((key) => known(inputs, key));
    await fleet.setParameter(text(inputs, "name"), values.find((one) => one !== undefined) ?? "");
  };
  return {
    create: async ({ inputs }) => {
      await set(inputs);
      return {};
    },
    update: async ({ inputs }) => {
      await set(inputs);
      return {};
    },
    delete: async ({ id }) => {
      await fleet.deleteParameter(id);
      return [];
    },
  };
}
