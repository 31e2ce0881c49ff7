import { strict as assert } from "node:assert";

import { KedaAccess, kedaPolicy } from "../../../components/live/kedaAccess";
import { kedaValues } from "../../../components/monitoring/keda";
import { awsCalls, awsOutputs } from "../../support/aws";
import { outcome } from "../../support/iam";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const POLICY = "aws:iam/rolePolicy:RolePolicy";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

const REGION = "eu-central-1";

describe("KedaAccess", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(
      () => {
        const { ready } = new KedaAccess("keda", {
          clusterName: "blue",
          region: REGION,
          namespace: "keda",
        });
        return Promise.resolve({ ready: ready.map(({ urn }) => urn) });
      },
      { calls: awsCalls, outputs: awsOutputs },
    );
  });

  it("gives KEDA's operator, and no other pod, a role by Pod Identity", () => {
    assert.deepEqual(only(result, ASSOCIATION).inputs, {
      clusterName: "blue",
      namespace: "keda",
      serviceAccount: "keda-operator",
      roleArn: "arn:aws:iam::123456789012:role/keda-role",
    });
    const { serviceAccount } = kedaValues() as { serviceAccount: { operator: { name: string } } };
    assert.equal(serviceAccount.operator.name, "keda-operator");
    const trust = String(at(only(result, "aws:iam/role:Role"), "assumeRolePolicy"));
    assert.match(trust, /pods\.eks\.amazonaws\.com/);
  });

  it("lets it read metrics of its region and do nothing else", async () => {
    const policy = kedaPolicy(REGION);
    assert.deepEqual(JSON.parse(String(at(only(result, POLICY), "policy"))), policy);
    const decision = (action: string, region = REGION): Promise<string> =>
      outcome([policy], { action, resource: "*", context: { "aws:RequestedRegion": region } });
    assert.equal(await decision("cloudwatch:GetMetricData"), "Allowed");
    assert.notEqual(await decision("cloudwatch:GetMetricData", "us-east-1"), "Allowed");
    for (const action of ["cloudwatch:PutMetricData", "cloudwatch:ListMetrics"]) {
      assert.notEqual(await decision(action), "Allowed", action);
    }
  });

  it("is there before KEDA's pods, as far as it tells what they wait for", () => {
    assert.deepEqual(result.outputs["ready"], [
      only(result, POLICY).urn,
      only(result, ASSOCIATION).urn,
    ]);
  });
});
