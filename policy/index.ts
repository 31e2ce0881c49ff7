import { PolicyPack } from "@pulumi/policy";

import { policiesOf } from "./pack";
import { RULES } from "./rules";
import { WAIVERS } from "./waivers";

/** The pack: its rules, and what is waived of them. */
new PolicyPack("k8s-test", {
  description: "What no stack may do.",
  enforcementLevel: "mandatory",
  policies: policiesOf(RULES, WAIVERS),
});
