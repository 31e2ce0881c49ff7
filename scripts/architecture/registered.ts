import * as pulumi from "@pulumi/pulumi";

import program from "../../index";
import { isCloudType, mockCall, mockOutputs } from "../../sandbox/providers/cloud/mocks";

/** A resource as the program registers it. */
export interface Registered {
  urn: string;
  type: string;
  name: string;
  /** URN of the parent; empty for the stack alone. */
  parent: string;
  /** URNs of all that it depends on: by its options, by its inputs, and as what it is made through. */
  dependencies: string[];
  /** Whether it only groups others. */
  isComponent: boolean;
}

type Values = Record<string, unknown>;

interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getDependenciesList(): string[];
}
type Callback = (error: Error | null, response?: { getUrn(): string }) => void;
interface Monitor {
  registerResource(request: Request, callback: Callback): void;
}

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
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: { ...(inputs as Values), ...outputsOf(type, name, inputs as Values) },
      }),
      call: ({ token, inputs }) => mockCall(token, inputs as Values),
    },
    "k8s-test",
    stack,
    true,
  );
  const texts = Object.entries(config).map(
    ([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)] as const,
  );
  const all = { ...Object.fromEntries(texts), ...secrets };
  pulumi.runtime.setAllConfig(all, Object.keys(secrets));
  const registered = recorded();
  await pulumi.runtime.runInPulumiStack(program);
  await pulumi.runtime.disconnect();
  return registered;
}

/** Fills with what is registered from now on. */
function recorded(): Registered[] {
  const registered: Registered[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    register(request, (error, response) => {
      if (response !== undefined) {
        registered.push({
          urn: response.getUrn(),
          type: request.getType(),
          name: request.getName(),
          parent: request.getParent(),
          dependencies: [...request.getDependenciesList(), providerOf(request)],
          isComponent: !request.getCustom() && !request.getRemote(),
        });
      }
      callback(error, response);
    });
  };
  return registered;
}

/** URN of a provider, of which a request has the id as well. */
function providerOf(request: Request): string {
  return request.getProvider().split("::").slice(0, -1).join("::");
}

/** What a resource has beside its inputs once it is made. */
function outputsOf(type: string, name: string, inputs: Values): Values {
  if (isCloudType(type)) return mockOutputs(type, name, inputs).state;
  if (type !== "eks:index:Cluster") return {};
  const settings = { name: inputs["name"], vpcConfig: { subnetIds: [] } };
  const { state } = mockOutputs("aws:eks/cluster:Cluster", name, settings);
  // As in the first preview: an address that is known would be asked.
  const unknown = pulumi.runtime.unknownValue;
  return { eksCluster: { ...state, endpoint: unknown, certificateAuthority: unknown } };
}
