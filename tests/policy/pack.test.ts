import { strict as assert } from "node:assert";

import type {
  Policies,
  PolicyResource,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidationArgs,
} from "@pulumi/policy";

import type { Values } from "../../policy/inputs";
import { policiesOf } from "../../policy/pack";
import type { RegisteredResource } from "../../policy/rule";
import { RULES } from "../../policy/rules";
import type { Waiver } from "../../policy/waiver";
import { WAIVERS } from "../../policy/waivers";
import { broken, registeredStacks } from "../support/policy";

const TODAY = new Date("2026-12-01T12:00:00Z");

const NAT: Waiver = {
  rule: "nat-per-zone",
  stack: "live",
  resource: /^live-network-0$/,
  reason: "One gateway is enough while nobody but us uses the stack.",
  until: "2026-12-31",
};

/** Something that a pack reports: the policy, and what it says of which resource. */
interface Report {
  policy: string;
  text: string;
  urn: string | undefined;
}

/** A resource as the SDK hands it over, as far as the pack looks at it. */
function handed({ urn, type, name, inputs: props, provider = "" }: RegisteredResource): object {
  return { urn, type, name, props, ...(provider !== "" && { provider: { urn: provider } }) };
}

/** Has a pack judge a stack as the engine does: each resource by itself, then all by their outputs. */
async function run(
  policies: Policies,
  resources: readonly RegisteredResource[],
  outputs: (inputs: Values) => Values = (inputs) => inputs,
): Promise<Report[]> {
  const reports: Report[] = [];
  for (const resource of resources) {
    for (const policy of policies) {
      if (!("validateResource" in policy)) continue;
      const validate = policy.validateResource as ResourceValidation;
      await validate(handed(resource) as ResourceValidationArgs, (text, urn) =>
        reports.push({ policy: policy.name, text, urn }),
      );
    }
  }
  const all = resources.map((resource) => ({
    ...handed(resource),
    props: outputs(resource.inputs),
  })) as PolicyResource[];
  for (const policy of policies) {
    if (!("validateStack" in policy)) continue;
    await policy.validateStack({ resources: all } as StackValidationArgs, (text, urn) =>
      reports.push({ policy: policy.name, text, urn }),
    );
  }
  return reports;
}

async function stack(name: string): Promise<readonly RegisteredResource[]> {
  return (await registeredStacks()).get(name) ?? assert.fail(name);
}

describe("the pack", () => {
  it("has a policy for each rule, and one for waivers, which alone stops nobody", () => {
    const policies = policiesOf(RULES, WAIVERS, TODAY);
    assert.deepEqual(
      policies.map(({ name }) => name),
      [...RULES.map(({ name }) => name), "waivers"],
    );
    const soft = policies.filter(({ enforcementLevel }) => enforcementLevel !== undefined);
    assert.deepEqual(
      soft.map(({ name, enforcementLevel }) => [name, enforcementLevel]),
      [["waivers", "advisory"]],
    );
  });

  it("has nothing against both stacks as they are, and says what is waived of live", async () => {
    assert.deepEqual(await run(policiesOf(RULES, WAIVERS, TODAY), await stack("cloudflare")), []);
    const reports = await run(policiesOf(RULES, WAIVERS, TODAY), await stack("live"));
    assert.deepEqual(
      reports.map(({ policy }) => policy),
      ["waivers"],
    );
    assert.match(
      reports[0]?.text ?? "",
      /^image-by-digest is waived until \d{4}-\d\d-\d\d for kubernetes:apps\/v1:Deployment "httpbin": container httpbin has the image luismsousa\/httpbin:\S+\. The image has no digest/,
    );
  });

  it("reports a violation of the resource by its URN", async () => {
    const { resources, wrong } = await broken({
      type: "aws:eks/cluster:Cluster",
      path: "vpcConfig.endpointPublicAccess",
      value: true,
      found: [],
    });
    const reports = await run(policiesOf(RULES, WAIVERS, TODAY), resources);
    const [report, ...others] = reports.filter(({ policy }) => policy !== "waivers");
    assert.deepEqual(others, []);
    assert.equal(report?.policy, "api-private");
    assert.equal(report.urn, wrong.urn);
    assert.match(
      report.text,
      /^aws:eks\/cluster:Cluster "live-cluster-eksCluster" breaks the rule/,
    );
  });

  it("judges a stack by its inputs: not by what servers have added to its outputs", async () => {
    const withReplicas = (inputs: Values): Values =>
      inputs["kind"] === "Deployment"
        ? { ...inputs, spec: { ...(inputs["spec"] as Values), replicas: 1 } }
        : inputs;
    const policies = policiesOf(RULES, WAIVERS, TODAY);
    assert.deepEqual(await run(policies, await stack("cloudflare"), withReplicas), []);
  });

  it("looks anew at a resource that comes again, as in an update after its preview", async () => {
    const policies = policiesOf(RULES, WAIVERS, TODAY);
    await run(policies, await stack("cloudflare"));
    const { resources } = await broken({
      type: "kubernetes:apps/v1:Deployment",
      of: "cloudflare",
      path: "spec.replicas",
      value: 2,
      found: [],
    });
    const reports = await run(policies, resources);
    assert.deepEqual(
      reports.map(({ policy }) => policy),
      ["replicas-unowned"],
    );
  });

  it("lets a waiver hold until its end, and says so", async () => {
    const reports = await run(policiesOf(RULES, [NAT], TODAY), await stack("live-with-everything"));
    assert.deepEqual(
      reports.map(({ policy }) => policy),
      ["image-by-digest", "waivers"],
    );
    assert.equal(
      reports[1]?.text,
      'nat-per-zone is waived until 2026-12-31 for aws:ec2/natGateway:NatGateway "live-network-0": 1 NAT gateway for 3 zones. One gateway is enough while nobody but us uses the stack.',
    );
  });

  it("counts a waiver no longer once it is over, and says when that was", async () => {
    const policies = policiesOf(RULES, [NAT], new Date("2027-01-01T00:00:00Z"));
    const reports = await run(policies, await stack("live-with-everything"));
    const [report] = reports.filter(({ policy }) => policy === "nat-per-zone");
    assert.match(
      report?.text ?? "",
      /\n {2}mend: {4}pulumi config set --stack live --path live\.network\.nat perZone\n {2}A waiver for it ended on 2026-12-31: One gateway is enough/,
    );
  });

  it("tells of a waiver that nothing needs, in its own stack only", async () => {
    const reports = await run(policiesOf(RULES, [NAT, ...WAIVERS], TODAY), await stack("live"));
    assert.match(
      reports[0]?.text ?? "",
      /^The waiver of nat-per-zone for \/\^live-network-0\$\/ is not needed: take it out of policy\/waivers\.ts\.$/,
    );
    assert.deepEqual(await run(policiesOf(RULES, [NAT], TODAY), await stack("cloudflare")), []);
  });

  it("is not made of waivers that are not written in full", () => {
    assert.throws(
      () => policiesOf(RULES, [{ ...NAT, until: "some day" }], TODAY),
      /waiver 1: until: /,
    );
  });
});
