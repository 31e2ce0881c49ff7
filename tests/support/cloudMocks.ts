import { mockCall, mockOutputs } from "../../sandbox/providers/cloud/mocks";
import { cloudFunctions, cloudTypes } from "../../sandbox/providers/cloud/table";
import type { Inputs } from "./program";

/** What the resources of AWS and of a tailnet have once they are made, as in the offline clouds. */
export const cloudOutputs: Record<string, (name: string, inputs: Inputs) => Inputs> =
  Object.fromEntries(
    Object.keys(cloudTypes).map((type) => [
      type,
      (name: string, inputs: Inputs) => mockOutputs(type, name, inputs).state,
    ]),
  );

/** What the functions of AWS and of a tailnet answer, as in the offline clouds. */
export const cloudCalls: Record<string, (inputs: Inputs) => Inputs> = Object.fromEntries(
  Object.keys(cloudFunctions).map((token) => [token, (inputs: Inputs) => mockCall(token, inputs)]),
);
