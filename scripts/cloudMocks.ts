import { mockCall, mockOutputs } from "../sandbox/providers/cloud/mocks";
import { cloudFunctions, cloudTypes } from "../sandbox/providers/cloud/table";
import type { Inputs } from "./runProgram";

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

/** What `eks.Cluster` has. It is a remote component: under mocks, what it makes is never made. */
export function clusterOutputs(
  more: Inputs,
): Record<string, (name: string, inputs: Inputs) => Inputs> {
  return {
    "eks:index:Cluster": (name, inputs) => {
      const settings = { name: inputs["name"], vpcConfig: { subnetIds: [] } };
      const { state } = mockOutputs("aws:eks/cluster:Cluster", name, settings);
      return { eksCluster: { ...state, ...more } };
    },
  };
}
