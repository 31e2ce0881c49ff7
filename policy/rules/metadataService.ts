import { at, given, is } from "../inputs";
import { INSTANCES } from "../instances";
import type { ResourceRule } from "../rule";

const NODES = "aws:eks/nodeGroup:NodeGroup";

/** The metadata service of an instance answers to tokens alone, and to no pod. */
export const metadataService: ResourceRule = {
  name: "metadata-service",
  demands: "Instances require IMDSv2, and their metadata is out of reach for pods.",
  why: "a request that a pod is tricked into would fetch the rights of its node",
  allowed: "metadataOptions with httpTokens required and httpPutResponseHopLimit 1",
  mend: () =>
    "set both so in the launch template: components/live/nodes.ts, components/live/router/routerInstances.ts",
  cis: ["5.2.1"],
  types: ["aws:ec2/launchTemplate:LaunchTemplate", ...INSTANCES, NODES],
  judge: ({ type, inputs }) => {
    if (type === NODES) {
      return at(inputs, "launchTemplate") === undefined
        ? ["no launchTemplate, so that a pod is one of the two hops that EKS allows"]
        : [];
    }
    const tokens = at(inputs, "metadataOptions.httpTokens");
    const hops = at(inputs, "metadataOptions.httpPutResponseHopLimit");
    return [
      ...(is(tokens, "required") ? [] : [given("metadataOptions.httpTokens", tokens)]),
      ...(is(hops, 1) ? [] : [given("metadataOptions.httpPutResponseHopLimit", hops)]),
    ];
  },
};
