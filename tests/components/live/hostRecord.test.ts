import { strict as assert } from "node:assert";

import { HostRecord } from "../../../components/live/hostRecord";
import { only, runProgram } from "../../support/program";

describe("HostRecord", () => {
  it("leads to the load balancer, as long as that has a healthy target", async () => {
    const result = await runProgram(
      () => {
        new HostRecord("httpbin", {
          host: "httpbin.example.com",
          zoneId: "Z1",
          address: "k8s-1.eu-central-1.elb.amazonaws.com",
        });
        return Promise.resolve({});
      },
      { calls: { "aws:lb/getHostedZoneId:getHostedZoneId": () => ({ id: "Z215JYRZR1TBD5" }) } },
    );
    assert.deepEqual(only(result, "aws:route53/record:Record").inputs, {
      zoneId: "Z1",
      name: "httpbin.example.com",
      type: "A",
      aliases: [
        {
          name: "k8s-1.eu-central-1.elb.amazonaws.com",
          zoneId: "Z215JYRZR1TBD5",
          evaluateTargetHealth: true,
        },
      ],
    });
    assert.deepEqual(only(result, "k8s-test:live:HostRecord").outputs, {
      host: "httpbin.example.com",
    });
  });
});
