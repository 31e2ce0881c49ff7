import { strict as assert } from "node:assert";

import program from "../../index";
import { previewRights } from "../../scripts/previewRights";
import { apiStandIn } from "../support/apiStandIn";
import { fixtures } from "../support/fixtures";
import { liveMocks } from "../support/live";
import { manifestsOf } from "../support/manifests";
import { runProgram } from "../support/program";
import { readStackFile } from "../support/stackFile";

interface Rule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
}

const [role] = previewRights().filter(
  (each): each is { kind: string; rules: Rule[] } => "rules" in each,
);

/** Kinds of all that the stack in the cloud makes on its cluster, in lower case: `apps deployment`. */
async function kindsOfLive(): Promise<string[]> {
  const api = await apiStandIn();
  const kinds = new Set<string>();
  for (const { stackFile } of fixtures("valid")) {
    const options = { ...(await readStackFile(stackFile)), ...liveMocks(api) };
    if (options.stack !== "live") continue;
    for (const manifest of manifestsOf(await runProgram(program, options))) {
      const { apiVersion, kind } = manifest as { apiVersion: string; kind: string };
      const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
      kinds.add(`${group} ${kind.toLowerCase()}`);
    }
  }
  await api.close();
  return [...kinds].sort();
}

/** The kind that a plural of RBAC's is of. */
function singular(resource: string): string {
  return resource
    .replace(/ies$/, "y")
    .replace(/(ss)es$/, "$1")
    .replace(/([^s])s$/, "$1");
}

describe("previewRights", () => {
  it("name just the kinds that the stack in the cloud makes on its cluster", async () => {
    const named = role?.rules.flatMap(({ apiGroups, resources }) =>
      apiGroups.flatMap((group) => resources.map((resource) => `${group} ${singular(resource)}`)),
    );
    assert.deepEqual(named?.sort(), await kindsOfLive());
  });

  it("have no wildcard in what they allow, and none of what a dry-run does not need", () => {
    for (const { resources, verbs } of role?.rules ?? []) {
      assert.ok(!resources.includes("*"));
      assert.deepEqual(verbs, ["get", "create", "patch"]);
    }
  });
});
