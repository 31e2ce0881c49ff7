import * as pulumi from "@pulumi/pulumi";

/** Marks a secret on the wire: a value of the engine's protocol, the same in every SDK. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

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
        if (answer === undefined) throw new Error(`No answer to ${token} in this test.`);
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

/** Whether an input was handed to the engine as a secret. */
export function isSecret(value: unknown): boolean {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

/** The value inside a secret, or the value itself. */
export function unwrap(value: unknown): unknown {
  return isObject(value) && isSecret(value) ? value["value"] : value;
}

/** The only resource of a type, and of a name where one is given. Throws where there is no such one. */
export function only(result: ProgramResult, type: string, name?: string): RegisteredResource {
  const found = result.resources.filter(
    (resource) => resource.type === type && (name === undefined || resource.name === name),
  );
  const [first] = found;
  if (first === undefined || found.length > 1) {
    const all = result.resources.map((resource) => `${resource.type} ${resource.name}`).join("\n");
    throw new Error(`${String(found.length)} of ${type} ${name ?? ""}, among:\n${all}`);
  }
  return first;
}

/** The value at a dotted path of a resource's inputs; a number picks from a list. */
export function at(resource: RegisteredResource, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), resource.inputs);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
