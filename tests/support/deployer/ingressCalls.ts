import { arn, make, named, own, SCOPE, type DeployerCall } from "./calls";

const CERTIFICATE = arn("acm", "certificate/00000000-1111");
const ZONE = `arn:aws:route53:::hostedzone/${SCOPE.hostedZoneId}`;

/** What the certificate and the records need. */
export const ingressCalls: Readonly<Record<string, DeployerCall[]>> = {
  "acm.Certificate": [
    ...make("acm", "RequestCertificate", "*"),
    ...make("acm", "AddTagsToCertificate", CERTIFICATE),
    ...own(
      "acm",
      "AddTagsToCertificate DeleteCertificate DescribeCertificate ListTagsForCertificate RemoveTagsFromCertificate",
      CERTIFICATE,
    ),
  ],
  "acm.CertificateValidation": own("acm", "DescribeCertificate", CERTIFICATE),
  "route53.Record": [
    ...["httpbin.example.com", "_0a1b2c3d.httpbin.example.com"].flatMap((name) =>
      named(
        "route53",
        "ChangeResourceRecordSets",
        ZONE,
        { "route53:ChangeResourceRecordSetsNormalizedRecordNames": name },
        [SCOPE.hostedZoneId, "Z9"],
      ),
    ),
    ...named("route53", "GetHostedZone ListResourceRecordSets", ZONE, {}, [
      SCOPE.hostedZoneId,
      "Z9",
    ]),
    ...named("route53", "GetChange", "arn:aws:route53:::change/C1", {}, [":aws:", ":aws-cn:"]),
  ],
};
