import * as acm from "@pulumi/aws/acm";
import * as route53 from "@pulumi/aws/route53";
import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";

export interface CertificateArgs {
  /** DNS name that the certificate is for. */
  host: string;
  /** Route 53 zone of the host, in which ACM finds the proof. ACM renews by it as long as it is there. */
  zoneId: pulumi.Input<string>;
}

/** A certificate of ACM, proved by a DNS record. */
export class Certificate extends pulumi.ComponentResource {
  /** Known only once the certificate has been issued: an ALB takes no other. */
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: CertificateArgs, opts?: pulumi.ComponentResourceOptions) {
    super("k8s-test:live:Certificate", name, {}, opts);
    const child = childOptions(this, opts);

    const certificate = new acm.Certificate(
      name,
      { domainName: args.host, validationMethod: "DNS" },
      child,
    );
    const proof = certificate.domainValidationOptions.apply(proofOf);
    const record = new route53.Record(
      name,
      {
        zoneId: args.zoneId,
        name: proof.resourceRecordName,
        type: proof.resourceRecordType,
        records: [proof.resourceRecordValue],
        ttl: 60,
        // The same for each certificate of a host: one that was deleted may have left it.
        allowOverwrite: true,
      },
      child,
    );
    const validation = new acm.CertificateValidation(
      name,
      { certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
      child,
    );

    this.arn = validation.certificateArn;
    this.registerOutputs({ arn: this.arn });
  }
}

type Proof = aws.types.output.acm.CertificateDomainValidationOption;

/** One name, one proof. */
function proofOf([proof]: Proof[]): Proof {
  if (proof === undefined) throw new Error("ACM asks for no DNS record to prove the certificate.");
  return proof;
}
