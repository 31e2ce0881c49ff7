import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { approveRoute } from "../../../components/live/router/policyFile";
import { TailnetPolicy } from "../../../components/live/tailnetPolicy";
import { at, only, runProgram, type ProgramResult } from "../../support/program";

const ACL = "tailscale:index/acl:Acl";
const POLICY = `{
\t// Ours.
\t"tagOwners": {"tag:other": []},
}`;

describe("TailnetPolicy", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(
      () => {
        const { ready } = new TailnetPolicy("policy", { tag: "tag:router", route: "10.80.0.0/16" });
        return Promise.resolve({ ready: pulumi.all(ready.map(({ urn }) => urn)) });
      },
      {
        calls: { "tailscale:index/getAcl:getAcl": () => ({ hujson: POLICY, json: "", id: "acl" }) },
      },
    );
  });

  it("adds the router to the policy file as it is now, comments kept", () => {
    const acl = at(only(result, ACL), "acl") as string;
    assert.equal(acl, approveRoute(POLICY, { tag: "tag:router", route: "10.80.0.0/16" }));
    assert.match(acl, /\/\/ Ours\./);
    assert.equal(at(only(result, ACL), "overwriteExistingContent"), true);
  });

  it("never has the policy of the tailnet reset", () => {
    assert.equal(at(only(result, ACL), "resetAclOnDestroy"), undefined);
    assert.equal(only(result, ACL).retainOnDelete, true);
  });

  it("is ready once it is written", () => {
    assert.deepEqual(result.outputs["ready"], [only(result, ACL).urn]);
    assert.equal(only(result, ACL).parent, only(result, "k8s-test:live:TailnetPolicy").urn);
  });
});
