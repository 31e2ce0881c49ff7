import { actionsOf, allow, type PolicyStatement } from "../policyDocument";
import { arnOf, newlyOwn, own, unmarked, type DeployerScope } from "./deployerScope";

/** The app's certificate, and its records. The load balancer is the controller's to make. */
export function ingressRights(scope: DeployerScope): PolicyStatement[] {
  const { partition, host, hostedZoneId } = scope;
  const certificates = [arnOf(scope, "acm", "certificate/*")];
  const zone = [`arn:${partition}:route53:::hostedzone/${hostedZoneId}`];
  return [
    allow("CertificateMake", ["acm:RequestCertificate"], ["*"], newlyOwn(scope)),
    allow("CertificateMark", ["acm:AddTagsToCertificate"], certificates, unmarked(scope)),
    allow("Certificate", actionsOf("acm", CERTIFICATE), certificates, own(scope)),
    allow("Zone", actionsOf("route53", "GetHostedZone ListResourceRecordSets"), zone),
    // The host's address, and the proof that ACM asks for: a name of its own below the host's.
    allow("ZoneRecords", ["route53:ChangeResourceRecordSets"], zone, {
      "ForAllValues:StringLike": {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [host, `_*.${host}`],
      },
    }),
    allow("ZoneChanges", ["route53:GetChange"], [`arn:${partition}:route53:::change/*`]),
  ];
}

const CERTIFICATE = [
  "AddTagsToCertificate DeleteCertificate DescribeCertificate ListTagsForCertificate",
  "RemoveTagsFromCertificate",
].join(" ");
