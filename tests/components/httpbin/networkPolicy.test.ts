import { strict as assert } from "node:assert";

import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { networkPolicySpec } from "../../../components/httpbin/networkPolicy";
import { at, only, runProgram } from "../../support/program";

describe("networkPolicySpec", () => {
  it("lets in the controller and the namespace itself on one port, and lets nothing out", async () => {
    const controller = { ipBlock: { cidr: "10.0.0.0/24" } };
    const result = await runProgram(() => {
      const spec = networkPolicySpec({ app: "a" }, 8080, pulumi.output([controller]));
      new kubernetes.networking.v1.NetworkPolicy("policy", { spec });
      return Promise.resolve({});
    });
    assert.deepEqual(at(only(result, "kubernetes:networking.k8s.io/v1:NetworkPolicy"), "spec"), {
      podSelector: { matchLabels: { app: "a" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [controller, { podSelector: {} }], ports: [{ protocol: "TCP", port: 8080 }] },
      ],
      egress: [],
    });
  });
});
