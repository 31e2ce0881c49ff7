import { strict as assert } from "node:assert";

import type * as pulumi from "@pulumi/pulumi";

import { withoutCreatorAdmin } from "../../components/live/privateCluster";
import program from "../../index";
import type { Value, Values } from "../../policy/inputs";
import { message } from "../../policy/message";
import { judge, type Finding, type RegisteredResource, type Rule } from "../../policy/rule";
import { Cluster } from "../../sandbox/providers/eks/cluster";
import { apiStandIn } from "./apiStandIn";
import { fixtures } from "./fixtures";
import { liveMocks } from "./live";
import { revealed } from "./manifests";
import { runProgram, type ProgramResult } from "./program";
import { readStackFile } from "./stackFile";

/** What each valid fixture's stack registers, by the fixture's reason. */
export type Stacks = ReadonlyMap<string, readonly RegisteredResource[]>;

/** Of the fixtures in which something is as a rule forbids it, what is found. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "image-by-digest: live": ["container httpbin has the image luismsousa/httpbin:0.10.4-1"],
  "image-by-digest: live-with-everything": [
    "container httpbin has the image luismsousa/httpbin:0.10.4-1",
  ],
  "image-by-digest: live-in-a-network-that-is-there": [
    "container httpbin has the image luismsousa/httpbin:0.10.4-1",
  ],
  "image-by-digest: live-on-requests-per-second": [
    "container httpbin has the image luismsousa/httpbin:0.10.4-1",
  ],
  "image-by-digest: live-with-a-keda-that-is-there": [
    "container httpbin has the image luismsousa/httpbin:0.10.4-1",
  ],
  "nat-per-zone: live-with-everything": ["1 NAT gateway for 3 zones"],
};

let stacks: Promise<Stacks> | undefined;

/** What both stacks register, in each way in which they can be set up. Made once for all tests. */
export function registeredStacks(): Promise<Stacks> {
  stacks ??= runFixtures();
  return stacks;
}

async function runFixtures(): Promise<Stacks> {
  const api = await apiStandIn();
  const found = new Map<string, RegisteredResource[]>();
  for (const { reason, stackFile } of fixtures("valid")) {
    const options = { ...(await readStackFile(stackFile)), ...liveMocks(api) };
    // That at home as a preview: an update would wait for what is on a cluster.
    const preview = options.stack === "home";
    const result = await runProgram(program, { ...options, preview });
    found.set(reason, [...seenByPolicies(result), ...(await clusterOf(result, options.stack))]);
  }
  await api.close();
  return found;
}

function seenByPolicies({ resources }: ProgramResult): RegisteredResource[] {
  return resources.map(({ urn, type, name, inputs, provider: reference }) => {
    // A reference to another resource, which only a remote component gets.
    const plain = Object.entries(inputs).filter(([key]) => key !== "serviceRole");
    // A reference is a URN with an id at its end.
    const provider = reference.replace(/::[^:]*$/, "");
    return { urn, type, name, provider, inputs: revealed(Object.fromEntries(plain)) as Values };
  });
}

/** The cluster that `eks.Cluster` makes: under mocks its children are not made, but by its stand-in. */
async function clusterOf(result: ProgramResult, stack: string): Promise<RegisteredResource[]> {
  const component = result.resources.find(({ type }) => type === "eks:index:Cluster");
  if (component === undefined) return [];
  const { name, inputs } = component;
  const serviceRole = { arn: "arn:aws:iam::123456789012:role/cluster" };
  const made = await runProgram(
    () => {
      new Cluster(name, { ...inputs, serviceRole } as never, "4.0.0", {
        transformations: [asAsked],
      });
      return Promise.resolve({});
    },
    { stack, preview: true },
  );
  return seenByPolicies(made).filter(({ type }) => type === "aws:eks/cluster:Cluster");
}

/** The program's own transform, which only an engine calls. */
const asAsked: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
  const asked = withoutCreatorAdmin({
    type,
    name,
    props: props,
    opts,
    custom: true,
  });
  return asked as pulumi.ResourceTransformationResult | undefined;
};

/** What a rule finds of a resource that no stack registers: of a type, and with some inputs. */
export async function foundOf(rule: Rule, type: string, inputs: Values): Promise<string[]> {
  const urn = `urn:pulumi:live::k8s-test::${type}::other`;
  return (await judge(rule, [{ urn, type, name: "other", inputs }])).map(({ found }) => found);
}

/** A copy of a resource with one input set, or left out where there is no value. */
export function changed(
  resource: RegisteredResource,
  path: string,
  value: Value | undefined,
): RegisteredResource {
  return { ...resource, inputs: withValue(resource.inputs, path.split("."), value) as Values };
}

function withValue(holder: Value, [key = "", ...rest]: string[], value: Value | undefined): Value {
  if (Array.isArray(holder)) {
    return (holder as readonly Value[]).map((it, index) =>
      String(index) !== key ? it : rest.length === 0 ? (value ?? null) : withValue(it, rest, value),
    );
  }
  const { [key]: old = {}, ...others } = holder as Values;
  if (rest.length > 0) return { ...others, [key]: withValue(old, rest, value) };
  return value === undefined ? others : { ...others, [key]: value };
}

/** One thing that a rule forbids: a resource that a stack has registered, with one input changed. */
export interface Violation {
  /** Type of the resource. */
  type: string;
  /** Name, where there are several. */
  name?: string;
  /** Fixture whose stack has it. @default "live" */
  of?: string;
  /** Dotted path of the input. */
  path: string;
  /** Its value. @default it is left out */
  value?: Value;
  /** What the rule must find, and nothing beside it. */
  found: string | readonly string[];
}

/** The tests of a rule: that both stacks follow it, and that it finds what breaks it. */
export function describeRule(
  rule: Rule,
  violations: Readonly<Record<string, Violation>>,
  more: () => void = () => undefined,
): void {
  describe(`the rule ${rule.name}`, () => {
    it("is followed by all that both stacks register", async () => {
      for (const [reason, resources] of await registeredStacks()) {
        const findings = await judge(rule, resources);
        const known = KNOWN[`${rule.name}: ${reason}`] ?? [];
        assert.deepEqual(
          findings.map(({ found }) => found),
          known,
          reason,
        );
      }
    });

    for (const [what, violation] of Object.entries(violations)) {
      it(`forbids ${what}`, async () => {
        const { resources, wrong } = await broken(violation);
        const findings = (await judge(rule, resources)).filter(
          ({ resource }) => resource.urn === wrong.urn,
        );
        assert.deepEqual(
          findings.map(({ found }) => found),
          [violation.found].flat(),
        );
        for (const finding of findings) assertMessage(rule, finding);
      });
    }
    more();
  });
}

/** The stack of a violation, in which only the one input is another. */
export async function broken({ type, name, of = "live", path, value }: Violation): Promise<{
  resources: RegisteredResource[];
  wrong: RegisteredResource;
}> {
  const all = (await registeredStacks()).get(of) ?? assert.fail(`There is no fixture ${of}.`);
  const found = all.find((it) => it.type === type && (name ?? it.name) === it.name);
  assert.ok(found, `The stack ${of} has no ${type} ${name ?? ""}.`);
  const wrong = changed(found, path, value);
  return { resources: all.map((it) => (it === found ? wrong : it)), wrong };
}

/** A message says which rule is broken, by what, and how to mend it. */
function assertMessage(rule: Rule, { resource, found }: Finding): void {
  const text = message(rule, resource, found);
  const stack = /^urn:pulumi:(\w+)::/.exec(resource.urn)?.[1] ?? assert.fail(resource.urn);
  const lines = [
    new RegExp(
      `^${resource.type} "${resource.name}" breaks the rule ${rule.name}( \\(CIS EKS 1\\.7: [\\d., ]+\\))?\\.$`,
    ),
    /^ {2}found: {3}\S/,
    /^ {2}allowed: \S/,
    /^ {2}why: {5}\S/,
    /^ {2}mend: {4}\S/,
  ];
  const said = text.split("\n");
  assert.equal(said.length, lines.length, text);
  lines.forEach((line, index) => {
    assert.match(said[index] ?? "", line);
  });
  assert.ok(text.includes(found) && text.includes(rule.mend(stack)), text);
}
