import { strict as assert } from "node:assert";

import { Certificate } from "../../../components/live/certificate";
import { only, runProgram, type ProgramResult } from "../../support/program";

const PROOF = {
  domainName: "httpbin.example.com",
  resourceRecordName: "_1.httpbin.example.com.",
  resourceRecordType: "CNAME",
  resourceRecordValue: "_2.acm-validations.aws.",
};

describe("Certificate", () => {
  let result: ProgramResult;
  before(async () => {
    result = await runProgram(
      () => {
        const { arn } = new Certificate("cert", { host: "httpbin.example.com", zoneId: "Z1" });
        return Promise.resolve({ arn });
      },
      {
        outputs: {
          "aws:acm/certificate:Certificate": () => ({
            arn: "arn:requested",
            domainValidationOptions: [PROOF],
          }),
          "aws:route53/record:Record": () => ({ fqdn: "_1.httpbin.example.com" }),
        },
      },
    );
  });

  it("is for the host, and proved by DNS", () => {
    assert.deepEqual(only(result, "aws:acm/certificate:Certificate").inputs, {
      domainName: "httpbin.example.com",
      validationMethod: "DNS",
    });
  });

  it("has its proof in the host's zone, also where an earlier one was left", () => {
    assert.deepEqual(only(result, "aws:route53/record:Record").inputs, {
      zoneId: "Z1",
      name: "_1.httpbin.example.com.",
      type: "CNAME",
      records: ["_2.acm-validations.aws."],
      ttl: 60,
      allowOverwrite: true,
    });
  });

  it("is known once it has been issued, and not before", () => {
    const validation = only(result, "aws:acm/certificateValidation:CertificateValidation");
    assert.deepEqual(validation.inputs, {
      certificateArn: "arn:requested",
      validationRecordFqdns: ["_1.httpbin.example.com"],
    });
    assert.equal(result.outputs["arn"], "arn:requested");
    const own = only(result, "k8s-test:live:Certificate");
    assert.deepEqual(own.outputs, { arn: "arn:requested" });
  });
});
