import { runSimulation } from "@cloud-copilot/iam-simulate";

/** The only account of the tests. */
export const ACCOUNT = "123456789012";

/** A call to AWS. */
export interface Call {
  action: string;
  /** ARN; `*` for a call that is about none in particular. */
  resource: string;
  /** Condition keys that the call comes with, such as tags. */
  context?: Record<string, string | string[]>;
}

/** What KMS makes a key with, unless told otherwise: whoever IAM lets use it may. */
const KEY_POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: "kms:*",
      Resource: "*",
    },
  ],
};

const FULL_ACCESS = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};

/** What IAM says to a call of a role that has some policies: `Allowed`, or how it is denied. */
export async function outcome(policies: object[], call: Call): Promise<string> {
  const { action, resource, context = {} } = call;
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:iam::${ACCOUNT}:role/one`,
        action,
        resource: { resource, accountId: ACCOUNT },
        contextVariables: context,
      },
      identityPolicies: policies.map((policy, index) => ({ name: String(index), policy })),
      serviceControlPolicies: [
        { orgIdentifier: "ou-1", policies: [{ name: "all", policy: FULL_ACCESS }] },
      ],
      resourceControlPolicies: [],
      ...(action.startsWith("kms:") && resource !== "*" && { resourcePolicy: KEY_POLICY }),
    },
    {},
  );
  if (result.resultType === "error") throw new Error(JSON.stringify(result.errors));
  return result.overallResult;
}
