import { strict as assert } from "node:assert";

import {
  RESTRICTED_NAMESPACE_LABELS,
  UID,
  containerSecurityContext,
  podSecurityContext,
} from "../../../components/httpbin/podSecurity";

describe("podSecurityContext and containerSecurityContext", () => {
  it("name the same user and group, neither root nor a user that a node may have", () => {
    assert.equal(UID, 65_532);
    for (const context of [podSecurityContext, containerSecurityContext]) {
      assert.equal(context.runAsNonRoot, true);
      assert.equal(context.runAsUser, UID);
      assert.equal(context.runAsGroup, UID);
    }
    assert.equal(podSecurityContext.fsGroup, UID);
  });

  it("take every privilege away", () => {
    assert.equal(containerSecurityContext.privileged, false);
    assert.equal(containerSecurityContext.allowPrivilegeEscalation, false);
    assert.equal(containerSecurityContext.readOnlyRootFilesystem, true);
    assert.deepEqual(containerSecurityContext.capabilities, { drop: ["ALL"] });
    assert.deepEqual(podSecurityContext.seccompProfile, { type: "RuntimeDefault" });
  });
});

describe("RESTRICTED_NAMESPACE_LABELS", () => {
  it("enforce, audit and warn of Pod Security restricted, in its latest version", () => {
    assert.deepEqual(RESTRICTED_NAMESPACE_LABELS, {
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "latest",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/audit-version": "latest",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/warn-version": "latest",
    });
  });
});
