import { strict as assert } from "node:assert";

import type { EngineEvent } from "@pulumi/pulumi/automation";

import { previewSummary } from "../../../sandbox/stack/previewSummary";

/** An event as the engine writes it, as far as a summary reads it. */
function event(fields: object): EngineEvent {
  return { sequence: 1, timestamp: 1, ...fields };
}

function step(op: string, type: string, name: string, diffs?: string[]): EngineEvent {
  const urn = `urn:pulumi:live::k8s-test::${type}::${name}`;
  return event({ resourcePreEvent: { metadata: { op, type, urn, provider: "", diffs } } });
}

function said(severity: string, message: string, more: object = {}): EngineEvent {
  return event({ diagnosticEvent: { severity, message, color: "never", ...more } });
}

describe("previewSummary", () => {
  it("counts what changes, what is worse first, and names each with what differs", () => {
    const events = [
      step("same", "pulumi:pulumi:Stack", "k8s-test-live"),
      step("create", "pulumi:providers:eks", "default_4_3_0"),
      step("create", "aws:ec2/vpc:Vpc", "live-network"),
      step("update", "kubernetes:apps/v1:Deployment", "httpbin", ["spec", "metadata"]),
      step("delete", "aws:ec2/eip:Eip", "live-network-1"),
    ];
    assert.equal(
      previewSummary("live", "Simulated: AWS.", events),
      `### Stack \`live\`: 1 to delete, 1 to update, 1 to create, 1 unchanged

Simulated: AWS.

<details><summary>1 to delete</summary>

| resource | type | what differs |
| --- | --- | --- |
| \`live-network-1\` | \`aws:ec2/eip:Eip\` |  |

</details>

<details><summary>1 to update</summary>

| resource | type | what differs |
| --- | --- | --- |
| \`httpbin\` | \`kubernetes:apps/v1:Deployment\` | \`spec\`, \`metadata\` |

</details>

<details><summary>1 to create</summary>

| resource | type | what differs |
| --- | --- | --- |
| \`live-network\` | \`aws:ec2/vpc:Vpc\` |  |

</details>

`,
    );
  });

  it("tells errors, warnings and broken rules, and not what passes by", () => {
    const urn = "urn:pulumi:live::k8s-test::aws:ec2/vpc:Vpc::live-network";
    const summary = previewSummary("live", "", [
      said("error", "<{%fg 1%}>it is<{%reset%}> wrong\n", { urn }),
      said("warning", "mind this"),
      said("info", "by the way"),
      said("error", "Working...", { ephemeral: true }),
      event({
        policyEvent: {
          policyName: "no-public-api",
          message: "set endpointPublicAccess to false",
          enforcementLevel: "mandatory",
          resourceUrn: urn,
        },
      }),
    ]);
    assert.match(
      summary,
      /: the preview failed\n\n\n\n```text\nerror \(live-network\): it is wrong\nwarning: mind this\nmandatory: no-public-api \(live-network\): set endpointPublicAccess to false\n```\n/,
    );
  });

  it("says that there is no plan where the engine has told nothing", () => {
    assert.match(previewSummary("live", "", []), /^### Stack `live`: no plan\n/);
  });

  it("keeps a message from ending the block that it is in", () => {
    const summary = previewSummary("live", "", [said("error", "```\n# not a heading")]);
    assert.match(summary, /\n````text\nerror: ```\n# not a heading\n````\n/);
  });
});
