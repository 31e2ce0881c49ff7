import * as pulumi from "@pulumi/pulumi";

/** Inputs of a resource. Kubernetes' own shapes are many: tests say what they expect to find. */
export type Inputs = Record<string, unknown>;

/** A resource as the engine was told of it. */
export interface RegisteredResource {
  type: string;
  name: string;
  urn: string;
  inputs: Inputs;
  /** URN of the parent. */
  parent: string;
  /** URNs of all that it depends on, by its options or by its inputs. */
  dependencies: string[];
  /** Whether it only groups others. */
  isComponent: boolean;
  /** Reference to the provider: URN and id. */
  provider: string;
  /** Whether it outlives its deletion from the stack. */
  retainOnDelete: boolean;
  /** Whether the engine refuses to delete it. */
  protect: boolean;
  /** Inputs whose changes are of no account. */
  ignoreChanges: string[];
  /** What a component registers when it is complete; undefined where it does not. */
  outputs?: Inputs;
}

/** What a program did. */
export interface ProgramResult {
  resources: RegisteredResource[];
  outputs: Record<string, unknown>;
}

export interface ProgramOptions {
  /** Config by full key, such as `k8s-test:app`. Objects are handed over as the engine does. */
  config?: Record<string, unknown>;
  /** Full keys whose values are encrypted. */
  secrets?: string[];
  /** @default "home" */
  stack?: string;
  /** Whether it is a preview. @default false */
  preview?: boolean;
  /** Answers to the provider functions that the program calls, by token. @default none */
  calls?: Record<string, (inputs: Inputs) => Inputs>;
  /** What resources have beside their inputs once they are made, by type. @default nothing */
  outputs?: Record<string, (name: string, inputs: Inputs) => Inputs>;
}

interface RegisterRequest {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getCustom(): boolean;
  getRemote(): boolean;
  getRetainondelete(): boolean;
  getProtect(): boolean;
  getIgnorechangesList(): string[];
  getDependenciesList(): string[];
}
interface Registered {
  getUrn(): string;
}
interface OutputsRequest {
  getUrn(): string;
  getOutputs(): { toJavaScript(): Inputs } | undefined;
}
type Callback = (error: Error | null, response?: Registered) => void;
interface Monitor {
  registerResource(request: RegisterRequest, callback: Callback): void;
  registerResourceOutputs(request: OutputsRequest, callback: Callback): void;
}

/** Runs a program, or any code that makes resources, as a stack's, with Pulumi's mocks. */
export async function runProgram(
  program: () => Promise<unknown>,
  {
    config = {},
    secrets = [],
    stack = "home",
    preview = false,
    calls = {},
    outputs: outputsByType = {},
  }: ProgramOptions = {},
): Promise<ProgramResult> {
  const inputsOf = new Map<string, Inputs>();
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        inputsOf.set(`${type}::${name}`, inputs as Inputs);
        const more = outputsByType[type]?.(name, inputs as Inputs);
        return { id: `${name}-id`, state: { ...(inputs as Inputs), ...more } };
      },
      call: ({ token, inputs }) => {
        const answer = calls[token];
        if (answer === undefined) throw new Error(`No answer to ${token} is given.`);
        return answer(inputs as Inputs);
      },
    },
    "k8s-test",
    stack,
    preview,
  );
  const texts = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>, secrets);

  const resources: RegisteredResource[] = [];
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    register(request, (error, response) => {
      const type = request.getType();
      const name = request.getName();
      if (response !== undefined) {
        resources.push({
          type,
          name,
          urn: response.getUrn(),
          inputs: inputsOf.get(`${type}::${name}`) ?? {},
          parent: request.getParent(),
          dependencies: request.getDependenciesList(),
          isComponent: !request.getCustom() && !request.getRemote(),
          provider: request.getProvider(),
          retainOnDelete: request.getRetainondelete(),
          protect: request.getProtect(),
          ignoreChanges: request.getIgnorechangesList(),
        });
      }
      callback(error, response);
    });
  };

  const outputsOf = new Map<string, Inputs>();
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    outputsOf.set(request.getUrn(), request.getOutputs()?.toJavaScript() ?? {});
    registerOutputs(request, callback);
  };

  // A stack whose program throws leaves promises that nobody waits for: so it is kept from it.
  let failure: unknown;
  const guarded = async (): Promise<unknown> => {
    try {
      return await program();
    } catch (error) {
      failure = error;
      return {};
    }
  };
  const outputs = await pulumi.runtime.runInPulumiStack(guarded);
  await pulumi.runtime.disconnect();
  for (const resource of resources) {
    const registered = outputsOf.get(resource.urn);
    if (registered !== undefined) resource.outputs = registered;
  }
  if (failure !== undefined) throw new ProgramError(failure, resources);
  return { resources, outputs: (await valuesOf(outputs ?? {})) as Record<string, unknown> };
}

/** What a program threw, and what it had made until then. */
export class ProgramError extends Error {
  constructor(
    override readonly cause: unknown,
    readonly resources: RegisteredResource[],
  ) {
    super(cause instanceof Error ? cause.message : String(cause));
  }
}

async function valuesOf(outputs: object): Promise<unknown> {
  return new Promise((resolve) => {
    pulumi.output(outputs).apply(resolve);
  });
}
