import { requestsAndLimits } from "../../../policy/rules/requestsAndLimits";
import { describeRule } from "../../support/policy";

const RESOURCES = "spec.template.spec.containers.0.resources";
const deployment = { type: "kubernetes:apps/v1:Deployment", of: "cloudflare" } as const;

describeRule(requestsAndLimits, {
  "a container without any": {
    ...deployment,
    path: RESOURCES,
    found: "container httpbin is without requests.cpu, requests.memory, limits.cpu, limits.memory",
  },
  "a container that takes all memory": {
    ...deployment,
    path: `${RESOURCES}.limits.memory`,
    found: "container httpbin is without limits.memory",
  },
  "a container that asks for no cpu": {
    ...deployment,
    path: `${RESOURCES}.requests.cpu`,
    found: "container httpbin is without requests.cpu",
  },
});
