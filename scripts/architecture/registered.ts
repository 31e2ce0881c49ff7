import { mock } from "node:test";

import * as pulumi from "@pulumi/pulumi";

import program from "../../index";
import { cloudCalls, cloudOutputs, clusterOutputs } from "../cloudMocks";
import { runProgram, type RegisteredResource } from "../runProgram";

/** A resource as the program registers it; it depends on what it is made through as well. */
export type Registered = Pick<
  RegisteredResource,
  "urn" | "type" | "name" | "parent" | "dependencies" | "isComponent"
>;

/** A stack, and its config by full keys such as `k8s-test:app`. */
export interface StackConfig {
  stack: string;
  config: Readonly<Record<string, unknown>>;
  secrets: Readonly<Record<string, string>>;
}

/** Everything that the program registers in a preview of a stack, against Pulumi's mocks. */
export async function registeredResources({
  stack,
  config,
  secrets,
}: StackConfig): Promise<Registered[]> {
  // What the program tells who is about to make a stack: here nobody is.
  const said = mock.method(pulumi.log, "info", () => Promise.resolve());
  try {
    const { resources } = await runProgram(program, {
      config: { ...config, ...secrets },
      secrets: Object.keys(secrets),
      stack,
      preview: true,
      calls: cloudCalls,
      // As in the first preview: an address that is known would be asked.
      outputs: { ...cloudOutputs, ...clusterOutputs(NOT_YET) },
    });
    return resources.map((resource) => ({
      ...resource,
      dependencies: [...resource.dependencies, providerOf(resource)],
    }));
  } finally {
    said.mock.restore();
  }
}

const NOT_YET = {
  endpoint: pulumi.runtime.unknownValue,
  certificateAuthority: pulumi.runtime.unknownValue,
};

/** URN of a provider, of which a reference has the id as well. */
function providerOf({ provider }: RegisteredResource): string {
  return provider.split("::").slice(0, -1).join("::");
}
