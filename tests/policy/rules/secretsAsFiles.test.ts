import { secretsAsFiles } from "../../../policy/rules/secretsAsFiles";
import { describeRule } from "../../support/policy";

const CONTAINER = "spec.template.spec.containers.0";
const deployment = { type: "kubernetes:apps/v1:Deployment" } as const;

describeRule(secretsAsFiles, {
  "a variable of a Secret": {
    ...deployment,
    path: `${CONTAINER}.env`,
    value: [
      { name: "LEVEL", value: "info" },
      { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } },
    ],
    found: "container httpbin: env PASSWORD of a Secret",
  },
  "all that is in a Secret": {
    ...deployment,
    path: `${CONTAINER}.envFrom`,
    value: [{ configMapRef: { name: "settings" } }, { secretRef: { name: "db" } }],
    found: "container httpbin: envFrom a Secret",
  },
});
