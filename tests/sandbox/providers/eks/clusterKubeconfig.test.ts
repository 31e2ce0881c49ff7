import { strict as assert } from "node:assert";

import { clusterKubeconfig } from "../../../../sandbox/providers/eks/clusterKubeconfig";
import { at, type Json } from "../../../../sandbox/providers/skeleton/json";

const PARTS = {
  clusterName: "live",
  region: "eu-central-1",
  endpoint: "https://api.example.com",
  certificateAuthority: "Q0E=",
};
const ROLE = "arn:aws:iam::123456789012:role/deployer";

function args(credentials: object, withProfile: boolean): unknown {
  const config = clusterKubeconfig({ ...PARTS, credentials }, withProfile) as Json;
  return at(config, "users", 0, "user", "exec", "args");
}

const TOKEN = "--region eu-central-1 eks get-token --cluster-name live --output json".split(" ");

describe("clusterKubeconfig", () => {
  it("leads to the cluster, and trusts its authority", () => {
    const config = clusterKubeconfig(PARTS, false) as Json;
    assert.deepEqual(at(config, "clusters", 0, "cluster"), {
      server: "https://api.example.com",
      "certificate-authority-data": "Q0E=",
    });
    assert.equal(at(config, "current-context"), at(config, "contexts", 0, "name"));
  });

  it("asks the aws CLI for a token, with the role that is given", () => {
    assert.deepEqual(args({}, true), TOKEN);
    assert.deepEqual(args({ roleArn: ROLE }, false), [...TOKEN, "--role", ROLE]);
  });

  it("names the profile for the component's own provider alone", () => {
    assert.deepEqual(args({ profileName: "work" }, true), [...TOKEN, "--profile", "work"]);
    assert.deepEqual(args({ profileName: "work" }, false), TOKEN);
  });
});
