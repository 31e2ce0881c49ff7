import { strict as assert } from "node:assert";

import type { Values } from "../../../policy/inputs";
import { podsRestricted } from "../../../policy/rules/podsRestricted";
import { WORKLOADS } from "../../../policy/workloads";
import { describeRule, foundOf, type Violation } from "../../support/policy";

const POD = "spec.template.spec";
const CONTAINER = `${POD}.containers.0`;

const pod = (path: string, value: Violation["value"]): Omit<Violation, "found"> => ({
  type: "kubernetes:apps/v1:Deployment",
  of: "cloudflare",
  path: `${POD}.${path}`,
  ...(value !== undefined && { value }),
});
const container = (path: string, value: Violation["value"], found: string): Violation => ({
  ...pod("", undefined),
  path: `${CONTAINER}.${path}`,
  ...(value !== undefined && { value }),
  found: `container httpbin: ${found}`,
});
const security = (path: string, value: Violation["value"], found: string): Violation =>
  container(`securityContext.${path}`, value, found);

describeRule(
  podsRestricted,
  {
    "the node's processes": { ...pod("hostPID", true), found: "hostPID is true" },
    "the node's shared memory": { ...pod("hostIPC", true), found: "hostIPC is true" },
    "the node's network": { ...pod("hostNetwork", true), found: "hostNetwork is true" },
    "a folder of the node": {
      ...pod("volumes", [{ name: "etc", hostPath: { path: "/etc" } }]),
      found: "volume etc is a hostPath",
    },
    "a port of the node": container(
      "ports",
      [{ containerPort: 8080, hostPort: 80 }],
      "hostPort is 80",
    ),
    "a privileged container": security("privileged", true, "privileged is true"),
    "to gain rights": security(
      "allowPrivilegeEscalation",
      true,
      "allowPrivilegeEscalation is true",
    ),
    "to say nothing of gaining rights": security(
      "allowPrivilegeEscalation",
      undefined,
      "allowPrivilegeEscalation is not set",
    ),
    root: security("runAsUser", 0, "runAsUser is 0"),
    "to be root perhaps": security("runAsNonRoot", false, "runAsNonRoot is false"),
    "capabilities that are kept": security(
      "capabilities",
      undefined,
      "capabilities.drop is not set",
    ),
    "a capability more": security(
      "capabilities.add",
      ["SYS_ADMIN"],
      'capabilities.add is ["SYS_ADMIN"]',
    ),
    "every call of the kernel": {
      ...pod("securityContext.seccompProfile.type", "Unconfined"),
      found: 'container httpbin: seccompProfile.type is "Unconfined"',
    },
    "all of /proc": security("procMount", "Unmasked", 'procMount is "Unmasked"'),
    "to be a process of a node with Windows": security(
      "windowsOptions.hostProcess",
      true,
      "windowsOptions.hostProcess is true",
    ),
    "to be without AppArmor": security(
      "appArmorProfile.type",
      "Unconfined",
      'appArmorProfile.type is "Unconfined"',
    ),
    "a setting of the node's kernel": {
      ...pod("securityContext.sysctls", [
        { name: "net.ipv4.tcp_syncookies", value: "1" },
        { name: "kernel.msgmax", value: "1" },
      ]),
      found: "sysctls has kernel.msgmax",
    },
    "a container that runs before the others and says nothing": {
      ...pod("initContainers", [{ name: "prepare" }]),
      found: [
        "container prepare: allowPrivilegeEscalation is not set",
        "container prepare: capabilities.drop is not set",
      ],
    },
  },
  () => {
    const pods: Values = { spec: { hostPID: true } };
    /** The same pods, wherever a kind has them. */
    const everywhere: Values = {
      template: pods,
      spec: { hostPID: true, template: pods, jobTemplate: { spec: { template: pods } } },
    };
    for (const type of WORKLOADS) {
      it(`looks into a ${type}`, async () => {
        assert.deepEqual(await foundOf(podsRestricted, type, everywhere), ["hostPID is true"]);
      });
    }
  },
);
