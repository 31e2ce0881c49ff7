import { find, known, knownList, text, type CloudFunction } from "../cloudType";
import { globalArn, hex, iamId } from "../identifiers";
import { dnsSuffix } from "../places";
import { policyDocument } from "./policyDocument";
import { zoneId, zonesOf } from "./zones";

/** Role that the stack is made as. */
const DEPLOYER = "sandbox-deployer";

/** What a program can ask of the account, of its regions and of IAM. */
export const accountFunctions: Readonly<Record<string, CloudFunction>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": (_args, { place }) => ({
    id: place.accountId,
    accountId: place.accountId,
    arn: globalArn(place, "sts", `assumed-role/${DEPLOYER}/session`),
    userId: `${iamId("AROA", DEPLOYER)}:session`,
  }),

  "aws:index/getPartition:getPartition": (_args, { place }) => ({
    id: place.partition,
    partition: place.partition,
    dnsSuffix: dnsSuffix(place),
    reverseDnsPrefix: dnsSuffix(place).split(".").reverse().join("."),
  }),

  "aws:index/getRegion:getRegion": (args, { place }) => {
    const region = known(args, "region") ?? known(args, "name") ?? place.region;
    return {
      id: region,
      name: region,
      region,
      description: region,
      endpoint: `ec2.${region}.${dnsSuffix(place)}`,
    };
  },

  "aws:index/getAvailabilityZones:getAvailabilityZones": (args, { place }) => {
    const region = known(args, "region") ?? place.region;
    const without = knownList(args, "excludeZoneIds");
    const names = zonesOf(region).filter((zone) => !without.includes(zoneId(zone)));
    return {
      ...args,
      id: region,
      region,
      names,
      zoneIds: names.map(zoneId),
      groupNames: [`${region}-zg-1`],
    };
  },

  "aws:iam/getPolicyDocument:getPolicyDocument": (args) => {
    const document = policyDocument(args);
    return { ...args, ...document, id: String(parseInt(hex(document.json, 8), 16)) };
  },

  "aws:iam/getRole:getRole": (args, { place, existence }) => {
    const name = text(args, "name");
    const role = find(existence, "aws:iam/role:Role", "name", name)?.state;
    return {
      id: name,
      name,
      arn: role?.["arn"] ?? globalArn(place, "iam", `role/${name}`),
      assumeRolePolicy: role?.["assumeRolePolicy"] ?? "{}",
      createDate: "2026-01-01T00:00:00Z",
      description: role?.["description"] ?? "",
      maxSessionDuration: 3600,
      path: "/",
      permissionsBoundary: "",
      roleLastUseds: [],
      tags: {},
      uniqueId: iamId("AROA", name),
    };
  },

  "aws:iam/getSessionContext:getSessionContext": (args, { place }) => {
    const arn = text(args, "arn");
    const [, , service, , , resource = ""] = arn.split(":");
    const [kind, name = "", session = ""] = resource.split("/");
    const isSession = service === "sts" && kind === "assumed-role";
    return {
      id: arn,
      arn,
      issuerArn: isSession ? globalArn(place, "iam", `role/${name}`) : arn,
      issuerId: isSession ? iamId("AROA", name) : "",
      issuerName: isSession ? name : "",
      sessionName: session,
    };
  },
};
